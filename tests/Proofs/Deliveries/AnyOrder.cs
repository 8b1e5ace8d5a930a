using System.Diagnostics;
using Muster.App.Tests.Stories;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.Proofs.Deliveries;

/// <summary>
/// Lets people act while nothing arrives, then brings the webhooks of the same history in one order after another, on an
/// issue each. All must end alike, and as the history says.
/// </summary>
public static class AnyOrder
{
    private const int Length = 20;
    private const int Orders = 10;

    /// <summary>How many of the histories are of an issue that has a pull request of ours: those take a runner, and so longer.</summary>
    private const double WithPull = 0.05;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(11);

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

    public static Proof Proof { get; } = new(
        "reorder", "twenty webhooks of an issue end the same in whatever order they come", 1000, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var broken = new List<string>();
        var figures = new Dictionary<string, double> { ["orders"] = 0, ["histories"] = 0, ["that end in work"] = 0, ["with a pull request"] = 0, ["webhooks"] = 0 };
        await using var bot = await Bot.StartAsync(new BotSetup { Limited = false, Settings = [("ReconcileEvery", "23:00:00")] });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var mail = new Mail(bot);
        while (figures["orders"] < run.Runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var orders = (int)Math.Min(Orders, run.Runs - figures["orders"]);
            var pull = figures["histories"] > 0 && figures["with a pull request"] / figures["histories"] < WithPull;
            var (says, wrong, webhooks, live) = pull
                ? await PullHistory.PlayAsync(bot, runner, mail, run.Random)
                : await PlayAsync(bot, mail, History.Draw(Length, run.Random), orders, run.Random);
            figures["orders"] += pull ? 1 : orders;
            figures["histories"]++;
            figures["with a pull request"] += pull ? 1 : 0;
            figures["that end in work"] += live ? 1 : 0;
            figures["webhooks"] += webhooks;
            broken.AddRange(wrong.Select(w => $"{w} after: {says}"));
            if (figures["histories"] % 10 == 0)
            {
                run.Words.WriteLine($"{figures["orders"]}/{run.Runs}, {broken.Count} wrong");
            }
        }

        figures["seconds"] = Math.Round(Stopwatch.GetElapsedTime(began).TotalSeconds, 1);
        return new ProofOutcome(figures, broken);
    }

    private static async Task<(string Says, List<string> Wrong, int Webhooks, bool Live)> PlayAsync(Bot bot, Mail mail, History history, int orders, Random random)
    {
        var issues = new List<int>();
        for (var i = 0; i < orders; i++)
        {
            issues.Add(await bot.IssueAsync());
        }

        await bot.SettleAsync();
        await mail.TakeAsync();
        await mail.HoldAsync();
        foreach (var act in history.Acts)
        {
            bot.Time.Advance(Apart);
            foreach (var issue in issues)
            {
                await act.DoAsync(bot, issue);
            }
        }

        await bot.ArrivedAsync();
        var letters = (await mail.TakeAsync()).Where(l => l.Body["issue"] is not null).GroupBy(l => l.Body["issue"]!["number"]!.GetValue<int>()).ToDictionary(g => g.Key, g => g.ToArray());
        await mail.LetThroughAsync();
        var lines = issues.Select((issue, i) => (Issue: issue, Letters: new Queue<Letter>(i == 0 ? letters[issue] : Shuffled(letters[issue], random)))).ToList();
        var count = lines.Sum(l => l.Letters.Count);
        // Side by side as well: what comes for one issue between two webhooks of another must not matter.
        while (lines.Where(l => l.Letters.Count > 0).ToList() is { Count: > 0 } left)
        {
            await mail.BringAsync(left[random.Next(left.Count)].Letters.Dequeue());
        }

        await bot.SettleAsync();
        var ends = new List<string>();
        foreach (var issue in issues)
        {
            ends.Add(await EndAsync(bot, issue));
        }

        var wrong = new List<string>();
        if (ends.Distinct().Skip(1).Any())
        {
            wrong.Add($"{ends.Distinct().Count()} ends ({string.Join(" | ", ends.Distinct())})");
        }

        if (ends[0].StartsWith("live", StringComparison.Ordinal) != history.IsLive)
        {
            wrong.Add($"it is {ends[0]} where it is {(history.IsLive ? "live" : "not live")} that is right");
        }

        await TidyAsync(bot, mail, issues);
        return (string.Join(", ", history.Acts.Select(a => a.Says)), wrong, count, history.IsLive);
    }

    private static Letter[] Shuffled(Letter[] letters, Random random)
    {
        var shuffled = letters.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static async Task<string> EndAsync(Bot bot, int issue)
    {
        var live = await bot.CountAsync("items", $"issue = {issue} AND live = 1");
        var labels = string.Join(" ", await bot.LabelsAsync(issue));
        return $"{(live > 0 ? "live" : "idle")} {live}, [{labels}]";
    }

    /// <summary>Nothing of it is left for the next to trip over.</summary>
    private static async Task TidyAsync(Bot bot, Mail mail, List<int> issues)
    {
        foreach (var issue in issues)
        {
            await bot.CloseAsync(issue);
        }

        await bot.SettleAsync();
        await mail.TakeAsync();
        // Ten issues a few minutes apart, each with a dozen commands, are more than the breaker lets pass as honest work.
        bot.Time.Advance(Rest);
        if (await bot.CountAsync("items", "live = 1") is var live and > 0)
        {
            throw new InvalidOperationException($"{live} items outlive their issues.");
        }
    }
}

/// <summary>The same for an issue that has a pull request of ours: people close and reopen both, take the label off, delete the branch.</summary>
internal static class PullHistory
{
    private const int Length = 10;

    public static async Task<(string Says, List<string> Wrong, int Webhooks, bool Live)> PlayAsync(Bot bot, FakeRunner runner, Mail mail, Random random)
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        await bot.SettleAsync();
        var item = await bot.ItemAsync(issue);
        var pull = item.Pull!.Value;
        await mail.TakeAsync();
        await mail.HoldAsync();
        var (issueOpen, pullOpen, label, cancelled, done) = (true, true, true, false, new List<string>());
        while (done.Count < Length)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(10));
            switch (random.Next(6))
            {
                case 0: await ActAsync(pullOpen ? "closes the pull request" : "reopens it", () => pullOpen ? bot.ClosePullAsync(pull) : bot.ReopenPullAsync(pull)); pullOpen = !pullOpen; break;
                case 1: await ActAsync(issueOpen ? "closes" : "reopens", () => issueOpen ? bot.CloseAsync(issue) : bot.ReopenAsync(issue)); issueOpen = !issueOpen; break;
                case 2: await ActAsync(label ? "takes the label off" : "puts it on", () => label ? bot.UnlabelAsync(issue, "agent:running") : bot.LabelAsync(issue, "agent:running")); label = !label; break;
                case 3: await ActAsync("comments", () => bot.SayAsync(issue, "Hm.", "wes")); break;
                case 4: await ActAsync("edits", () => bot.EditAsync(issue, $"Text {done.Count}")); break;
                case 5 when !cancelled && random.Next(4) == 0: await ActAsync("cancels", () => bot.SayAsync(issue, "/dispatch cancel")); cancelled = true; break;
            }
        }

        await bot.ArrivedAsync();
        var letters = (await mail.TakeAsync()).ToArray();
        await mail.LetThroughAsync();
        random.Shuffle(letters);
        foreach (var letter in letters)
        {
            await mail.BringAsync(letter);
        }

        await bot.SettleAsync();
        var live = issueOpen && pullOpen && label && !cancelled;
        var now = await bot.ItemAsync(issue);
        var wrong = now.IsLive == live ? [] : new List<string> { $"{issue} with {pull} is {now.State} where it is {(live ? "live" : "not live")} that is right" };
        await EndAsync(bot, mail, issue, pull);
        return ($"a pull request, then {string.Join(", ", done)}", wrong, letters.Length, live);

        async Task ActAsync(string says, Func<Task> act)
        {
            done.Add(says);
            await act();
        }
    }

    private static async Task EndAsync(Bot bot, Mail mail, int issue, PullNumber pull)
    {
        if ((await bot.PullAsync(pull)).Text("state") is "open")
        {
            await bot.ClosePullAsync(pull);
        }

        await bot.CloseAsync(issue);
        await bot.SettleAsync();
        await mail.TakeAsync();
    }
}
