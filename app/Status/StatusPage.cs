using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using Muster.App.GitHub.Budget;
using Muster.App.Runners;
using Muster.App.Waves;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Status;

/// <summary>One plain page: waves, their items, the runners, and what GitHub was asked for.</summary>
internal sealed class StatusPage(Ledger ledger, BudgetLimits limits)
{
    private const int MostWaves = 10;

    public Task<string> RenderAsync(CancellationToken cancellationToken) => ledger.ReadAsync(Render, cancellationToken);

    private string Render(SqliteConnection db)
    {
        var html = new StringBuilder();
        html.Append("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Muster</title><meta name="viewport" content="width=device-width">
            <style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#222}
            table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}td,th{border-bottom:1px solid #ddd;padding:.3rem .6rem;text-align:left;vertical-align:top}
            .attention{color:#a33}h2{margin-bottom:0}</style></head><body><h1>Muster</h1>
            """);
        foreach (var wave in Rows.AllWaves(db, MostWaves))
        {
            Wave(html, db, wave);
        }

        Runners(html, db);
        Budgets(html, db);
        return html.Append("</body></html>").ToString();
    }

    private static void Wave(StringBuilder html, SqliteConnection db, Wave wave)
    {
        var items = Rows.ItemsOfWave(db, wave.Id);
        var repository = Repositories.Find(db, wave.Repo)?.FullName ?? wave.Repo.ToString();
        html.Append(CultureInfo.InvariantCulture, $"<h2>Wave {wave.Id} of {Text(repository)}</h2><p>{Text(StatusWords.Headline(wave, items))}</p>");
        html.Append("<table><tr><th>issue</th><th>title</th><th>state</th><th>why</th><th>pull request</th><th>round</th><th>writes</th></tr>");
        var writes = BudgetView.WritesByItem(db, wave.Id);
        foreach (var item in items.OrderBy(i => i.Issue.Value))
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{item.Issue}</td><td>{Text(item.Snapshot.Title)}</td><td>{item.State.ToString().ToLowerInvariant()}</td><td>{Text(item.Outcome ?? item.Reason ?? "")}");
            if (item.Attention is { } attention)
            {
                html.Append(CultureInfo.InvariantCulture, $"<br><span class=\"attention\">{Text(attention)}</span>");
            }

            html.Append(CultureInfo.InvariantCulture, $"</td><td>{item.Pull?.ToString() ?? ""}</td><td>{item.Round}</td><td>{writes.GetValueOrDefault(item.Id)}</td></tr>");
        }

        html.Append("</table>");
    }

    private void Runners(StringBuilder html, SqliteConnection db)
    {
        html.Append("<h2>Runners</h2><table><tr><th>name</th><th>slots</th><th>agents</th><th>last seen</th></tr>");
        foreach (var runner in RunnerRegistry.All(db))
        {
            var agents = string.Join(", ", runner.RunnerInfo?.Agents.Select(a => $"{a.Id} ({a.Identity})") ?? []);
            var seen = runner.LastSeen is { } at ? $"{Durations.Say(ledger.Now - at)} ago" : "never";
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(runner.Name)}</td><td>{runner.RunnerInfo?.Slots}</td><td>{Text(agents)}</td><td>{seen}</td></tr>");
        }

        html.Append("</table>");
    }

    private void Budgets(StringBuilder html, SqliteConnection db)
    {
        html.Append("<h2>GitHub's limits</h2><table><tr><th>who</th><th>writes in the last minute</th><th>in the last hour</th><th>points in the last minute</th><th>silent until</th></tr>");
        foreach (var budget in BudgetView.All(db, limits, ledger.Now))
        {
            var paused = budget.PausedUntil is { } until ? until.ToString("u", CultureInfo.InvariantCulture) : "";
            html.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(budget.Payer)}</td><td>{budget.WritesLastMinute}</td><td>{budget.WritesLastHour} of {budget.WritesPerHour}</td><td>{budget.PointsLastMinute}</td><td>{paused}</td></tr>");
        }

        html.Append("</table>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
