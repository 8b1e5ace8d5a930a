using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Facts;
using Muster.App.GitHub;
using Muster.App.Pumps;
using Muster.App.Settings;
using Muster.App.Telemetry;
using Muster.Core;
using Muster.Core.Planning;
using Muster.Core.Recorder;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Waves;

/// <summary>
/// Plans: waves that have gathered, and waves whose items may stand differently now. Every item of the repository that
/// waits to be placed is placed anew, whatever its wave.
/// </summary>
internal sealed partial class PlanPump(Ledger ledger, PlanFactsReader facts, AppSettings settings, Timings timings, ILogger<PlanPump> logger) : IPump
{
    private static readonly TimeSpan AfterUnknown = TimeSpan.FromSeconds(5);

    private readonly Dictionary<RepoId, DateTimeOffset> later = [];

    public TimeSpan Period => TimeSpan.FromSeconds(Math.Clamp(settings.Durations.Gather.TotalSeconds / 4, 0.05, 2));

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var due = await ledger.ReadAsync(Due, cancellationToken);
        if (due is not { } repo)
        {
            return false;
        }

        return await timings.MeasureAsync("3 plan", () => PlanAsync(repo, cancellationToken));
    }

    private async Task<bool> PlanAsync(RepoId repo, CancellationToken cancellationToken)
    {
        var (repository, items) = await ledger.ReadAsync(db => (Repositories.Find(db, repo)!, ToPlace(db, repo)), cancellationToken);
        switch (await facts.ReadAsync(repository, items, cancellationToken))
        {
            case Answer<PlanFacts>.Ok { Value: var found }:
                var plan = found.Plan();
                CrashPoint.Here("app.before-plan");
                await ledger.StepAsync(repo, step => Place(step, plan, found, [.. items.Select(i => i.Id)]), cancellationToken);
                CrashPoint.Here("app.after-plan");
                Planned(repository.FullName, plan.Placements.Count, plan.Width);
                later.Remove(repo);
                break;
            case var unknown:
                // Nothing is known, so nothing is placed and nothing is lost: the plan stays due.
                later[repo] = ledger.Now + AfterUnknown;
                PutOff(repository.FullName, unknown.ToString());
                break;
        }

        return true;
    }

    private RepoId? Due(SqliteConnection db)
    {
        var now = ledger.Now;
        return db.Query<long>("SELECT DISTINCT repo FROM waves WHERE replan = 1").Select(id => new RepoId(id))
            .Concat(Rows.OpenWaves(db).Where(w => w.State == WaveState.Gathering && Gathered(w, now)).Select(w => w.Repo))
            .Where(repo => !(later.GetValueOrDefault(repo) > now))
            .Cast<RepoId?>()
            .FirstOrDefault();
    }

    private bool Gathered(Wave wave, DateTimeOffset now) =>
        wave.Replan || now - wave.LastTrigger >= settings.Durations.Gather || now - wave.Opened >= settings.Durations.GatherAtMost;

    private static List<Item> ToPlace(SqliteConnection db, RepoId repo) =>
        [.. Rows.OpenItems(db, repo).Where(i => i.State is ItemState.Proposed or ItemState.Waiting)];

    private static void Place(LedgerStep step, WavePlan plan, PlanFacts found, IReadOnlyList<ItemId> planned)
    {
        var waves = new HashSet<WaveId>();
        foreach (var item in planned.Select(id => Rows.Item(step.Db, id)).OfType<Item>().OrderBy(i => i.Issue.Value))
        {
            waves.Add(item.Wave);
            if (plan.Placements.TryGetValue(item.Issue, out var placement))
            {
                step.Happened(item, Placing.EventOf(item, placement, found));
            }
        }

        foreach (var wave in Rows.AllWaves(step.Db, int.MaxValue).Where(w => w.Repo == step.Repo && (waves.Contains(w.Id) || w.Replan)))
        {
            Revise(step, wave, plan, [.. Rows.ItemsOfWave(step.Db, wave.Id).Where(i => planned.Contains(i.Id))]);
        }
    }

    private static void Revise(LedgerStep step, Wave wave, WavePlan plan, IReadOnlyList<Item> items)
    {
        var revised = wave with { State = wave.State == WaveState.Gathering ? WaveState.Running : wave.State, Revision = wave.Revision + 1, Replan = false };
        step.Save(revised);
        if (items.Count > 0)
        {
            int Count(string word) => items.Count(i => plan.Placements.GetValueOrDefault(i.Issue)?.Word == word);
            PlanRows.Save(step.Db, step.Now, wave.Id, revised.Revision, plan);
            step.Record(new FlightEvent.PlanMade(revised.Revision, Count("runs"), Count("waits"), Count("taken"), Count("refused")), wave.Id);
        }

        step.Wish(new Effect.PutStatus(wave.Id), wave.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Planned {Repository}: {Issues} issues placed, {Width} run now")]
    private partial void Planned(string repository, int issues, int width);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The plan of {Repository} is put off: {Why}")]
    private partial void PutOff(string repository, string? why);
}

/// <summary>Plans as they were made, with their revisions.</summary>
internal static class PlanRows
{
    public static void Save(SqliteConnection db, DateTimeOffset at, WaveId wave, int revision, WavePlan plan) => db.Execute(
        "INSERT INTO plans(wave, revision, at, data) VALUES (@wave, @revision, @at, @data)",
        new { wave = wave.Value, revision, at, data = WireJson.Write(plan.Placements.Select(p => new { issue = p.Key, placement = p.Value }).ToList()) });
}
