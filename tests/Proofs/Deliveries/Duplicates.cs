using System.Diagnostics;
using System.Text.RegularExpressions;
using Muster.App.Tests.Stories;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.Proofs.Deliveries;

/// <summary>
/// Brings the webhooks of one wave again and again, in random order, under their own ids and under new ones, before,
/// while and after the wave runs. What comes of it must be what comes of bringing each once.
/// </summary>
public static partial class Duplicates
{
    private const int Issues = 12;
    private const int Started = 8;

    /// <summary>A delivery under a new id is as good as new to the endpoint; this share of them is.</summary>
    private const double Renamed = 0.2;

    public static Proof Proof { get; } = new(
        "deliveries", "webhooks that come many times and in any order have the effects of coming once", 10_000, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var once = await PlayAsync(letters => [[.. letters], [], []], run, cancellationToken);
        var often = await PlayAsync(letters => Bags(letters, run), run, cancellationToken);
        var broken = once.Effects.Keys.Union(often.Effects.Keys)
            .Where(k => once.Effects.GetValueOrDefault(k) != often.Effects.GetValueOrDefault(k))
            .Select(k => $"{k}: {often.Effects.GetValueOrDefault(k)} where {once.Effects.GetValueOrDefault(k)} are right")
            .Concat(often.Broken)
            .ToList();
        return new ProofOutcome(
            new Dictionary<string, double>
            {
                ["webhooks"] = once.Letters,
                ["deliveries"] = often.Letters,
                ["under a new id"] = often.Renamed,
                ["effects"] = often.Effects.Values.Sum(),
                ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 1),
            },
            broken);
    }

    /// <summary>Three bags: each webhook is in the first at least once.</summary>
    private static List<Letter[]> Bags(IReadOnlyList<Letter> letters, ProofRun run)
    {
        var third = Math.Max(letters.Count, run.Runs / 3);
        List<Letter[]> bags = [[.. letters, .. Draw(third - letters.Count)], [.. Draw(third)], [.. Draw(Math.Max(0, run.Runs - (2 * third)))]];
        bags.ForEach(run.Random.Shuffle);
        return bags;

        IEnumerable<Letter> Draw(int count) => Enumerable.Range(0, count).Select(_ => letters[run.Random.Next(letters.Count)]);
    }

    private static async Task<(Dictionary<string, int> Effects, List<string> Broken, int Letters, int Renamed)> PlayAsync(
        Func<IReadOnlyList<Letter>, IReadOnlyList<Letter[]>> bags, ProofRun run, CancellationToken cancellationToken)
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Limited = false, Settings = [("ReconcileEvery", "23:00:00")] });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var mail = new Mail(bot);
        await mail.HoldAsync();
        await ActAsync(bot, mail);
        var bag = bags(await mail.TakeAsync());
        var broken = new List<string>();
        var renamed = await BringAsync(bot, mail, bag[0], run, cancellationToken);
        await bot.GatherAsync();
        // A bell that was heard once is silent for a while, so the jobs come in an order of their own.
        for (var i = 0; i < 2 * Started; i++)
        {
            var order = await runner.NextAsync();
            Task done = order.Kind == JobKind.Implement ? runner.ImplementAsync(order) : runner.ReviewAsync(order, approves: true);
            await done;
        }

        var before = await bot.StateAsync();
        renamed += await BringAsync(bot, mail, bag[1], run, cancellationToken);
        await bot.SettleAsync();
        renamed += await BringAsync(bot, mail, bag[2], run, cancellationToken);
        await bot.SettleAsync();
        if (await bot.StateAsync() is var after && after != before)
        {
            broken.Add($"what came again changed \"{before}\" to \"{after}\"");
        }

        return (await EffectsAsync(bot), broken, bag.Sum(b => b.Length), renamed);
    }

    /// <summary>Every issue gets one act, so that the order in which they are heard of changes no answer.</summary>
    private static async Task ActAsync(Bot bot, Mail mail)
    {
        for (var i = 1; i <= Issues; i++)
        {
            await bot.IssueAsync($"Do {i}");
        }

        await mail.TakeAsync();
        for (var i = 1; i <= Issues; i++)
        {
            await (i switch
            {
                <= 6 => bot.LabelAsync(i),
                7 or 8 => bot.SayAsync(i, "/dispatch", "wes"),
                9 => bot.SayAsync(i, "/dispatch", "rea"),
                10 => bot.SayAsync(i, "/dispatch cancel", "wes"),
                11 => bot.SayAsync(i, "/dispatch help"),
                _ => bot.LabelAsync(i, by: "tess"),
            });
        }

        await bot.CloseAsync(Issues);
    }

    private static async Task<int> BringAsync(Bot bot, Mail mail, Letter[] letters, ProofRun run, CancellationToken cancellationToken)
    {
        var ids = letters.Select(l => run.Random.NextDouble() < Renamed ? Guid.NewGuid().ToString() : l.Id).ToList();
        // The first of each keeps its own id, so that every one comes at least once as it was sent.
        var lanes = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(letters.Zip(ids), lanes, async (pair, _) => await mail.BringAsync(pair.First, pair.Second));
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "state = 'new'") == 0, "all webhooks are taken", TimeSpan.FromMinutes(10));
        await bot.SettleAsync();
        return letters.Zip(ids).Count(p => p.First.Id != p.Second);
    }

    /// <summary>What stands in the store and on GitHub, by kind. The status comment is edited as often as there is time for it.</summary>
    private static async Task<Dictionary<string, int>> EffectsAsync(Bot bot)
    {
        var effects = (await bot.WritesAsync())
            .Where(w => !w.StartsWith("PATCH ", StringComparison.Ordinal))
            .GroupBy(w => Numbers().Replace(w, "N"))
            .ToDictionary(g => g.Key, g => g.Count());
        for (var i = 1; i <= Issues; i++)
        {
            var items = await bot.CountAsync("items", $"issue = {i}");
            effects[$"items of #{i}"] = (int)items;
            effects[$"answers on #{i}"] = (await bot.HeardAsync(i)).Count;
        }

        effects["waves"] = (int)await bot.CountAsync("waves");
        effects["live items"] = (int)await bot.CountAsync("items", "live = 1");
        effects[$"ready items"] = (int)await bot.CountAsync("items", $"state = '{nameof(ItemState.Ready).ToLowerInvariant()}'");
        return effects;
    }

    [GeneratedRegex(@"(?<=[/])\d+|(?<=/)[0-9a-f]{40}")]
    private static partial Regex Numbers();
}
