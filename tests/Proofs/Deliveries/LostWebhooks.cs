using System.Diagnostics;
using Muster.App.Tests.Stories;

namespace Muster.Proofs.Deliveries;

/// <summary>
/// Loses nearly a third of all webhooks, and all of an hour in which the app is away. After two sweeps every labelled
/// issue is at work. In every other run GitHub does not even say what it could not bring.
/// </summary>
public static class LostWebhooks
{
    private const int Issues = 30;
    private const double Share = 0.3;
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(5);

    public static Proof Proof { get; } = new(
        "lost-webhooks", "labelled issues are dispatched after two sweeps, though a third of the webhooks and an hour are lost", 16, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var sum = new Dictionary<string, double> { ["issues"] = 0, ["webhooks lost"] = 0, ["at once"] = 0, ["after one sweep"] = 0, ["after two sweeps"] = 0 };
        var broken = new List<string>();
        for (var i = 0; i < run.Runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var listed = i % 2 == 0;
            var counts = await PlayAsync(run, listed);
            foreach (var (name, count) in counts)
            {
                sum[name] += count;
            }

            run.Words.WriteLine($"{i + 1}/{run.Runs}{(listed ? "" : ", GitHub lists nothing")}: {string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))}");
            if (counts["after two sweeps"] != Issues)
            {
                broken.Add($"run {i + 1}: {counts["after two sweeps"]} of {Issues} issues are dispatched after two sweeps");
            }
        }

        sum["seconds"] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 1);
        return new ProofOutcome(sum, broken);
    }

    private static async Task<Dictionary<string, double>> PlayAsync(ProofRun run, bool listed)
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Limited = false, Settings = [("ReconcileEvery", Sweep.ToString("c"))] });
        var mail = new Mail(bot);
        if (!listed)
        {
            bot.Fault.On(request => request.RequestUri!.AbsolutePath.StartsWith("/app/hook/", StringComparison.Ordinal));
        }

        var lost = 0;
        for (var i = 1; i <= Issues; i++)
        {
            await bot.IssueAsync();
        }

        await bot.SettleAsync();
        for (var i = 1; i <= Issues; i++)
        {
            if (i == Issues / 3)
            {
                await bot.StopAppAsync();
            }
            else if (i == 2 * Issues / 3)
            {
                bot.Time.Advance(TimeSpan.FromHours(1));
                await bot.StartAppAsync();
            }

            if (run.Random.NextDouble() < Share)
            {
                await mail.LoseNextAsync();
                lost++;
            }

            await bot.LabelAsync(i);
            await bot.ArrivedAsync();
        }

        await bot.SettleAsync();
        var counts = new Dictionary<string, double> { ["issues"] = Issues, ["webhooks lost"] = lost, ["at once"] = await DispatchedAsync(bot) };
        foreach (var name in new[] { "after one sweep", "after two sweeps" })
        {
            await bot.SweepAsync(Sweep);
            counts[name] = await DispatchedAsync(bot);
        }

        return counts;
    }

    private static Task<long> DispatchedAsync(Bot bot) => bot.CountAsync("items", "live = 1");
}
