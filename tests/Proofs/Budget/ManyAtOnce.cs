using System.Diagnostics;
using Muster.App.GitHub.Budget;
using Muster.App.Outbox;
using Muster.App.Tests.Stories;
using Muster.Core.Wire;
using Muster.GitHubSimulator.Limiting;

namespace Muster.Proofs.Budget;

/// <summary>
/// Labels two hundred issues at once and works them all off, with one App for everything: GitHub must never have to say
/// that it was too much, and while there is something to write it must be written as fast as GitHub allows.
/// </summary>
public static class ManyAtOnce
{
    private const double Least = 0.95;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public static Proof Proof { get; } = new(
        "limits", "issues at once, as many as --runs says, overstep none of GitHub's limits and leave none unused", 200, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await using var bot = await Bot.StartAsync(new BotSetup
        {
            Reviewer = false,
            Budget = BudgetLimits.OfGitHub,
            Files = [(".github/muster.yml", $"max_wave: {Math.Min(500, run.Runs)}\n")],
        });
        using var runner = await FakeRunner.EnrolAsync(bot, slots: run.Runs);
        for (var i = 0; i < run.Runs; i++)
        {
            await bot.LabelAsync(await bot.IssueAsync($"Issue {i}"));
        }

        var clock = new PacedClock(bot);
        var working = new Working(bot, runner, run, clock);
        var last = "";
        while (!await working.IsOverAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await clock.TickAsync(working.IsBusy) && clock.Passed > Longest)
            {
                throw new TimeoutException("The issues were not worked off within twelve hours of the clock.");
            }

            await working.StepAsync();
            var word = $"{clock.Passed.TotalMinutes:0} min: {await bot.CountAsync("items", "state = 'ready'")} ready";
            if ((int)clock.Passed.TotalMinutes % 5 == 0 && word != last)
            {
                run.Words.WriteLine(last = word);
            }
        }

        return Outcome(bot, run, clock, Stopwatch.GetElapsedTime(began));
    }

    private static ProofOutcome Outcome(Bot bot, ProofRun run, PacedClock clock, TimeSpan took)
    {
        var uses = bot.Limits.Read().Where(u => u.Kind == "installation").ToList();
        var writes = uses.SelectMany(u => u.ContentWrites).Select(w => w.At).Order().ToList();
        var share = Ceiling.ShareOf(writes, clock.WorkFrom);
        var violations = bot.Limits.ViolationsInAll();
        var gap = uses.Min(u => u.ShortestGapSeconds) ?? double.PositiveInfinity;
        var figures = new Dictionary<string, double>
        {
            ["issues"] = run.Runs,
            ["content writes"] = writes.Count,
            ["writes per issue"] = Math.Round((double)writes.Count / run.Runs, 2),
            ["violations"] = violations,
            ["refusals"] = uses.Sum(u => u.Refusals),
            ["share of the ceiling"] = Math.Round(share, 4),
            ["most in a minute"] = Ceiling.MostIn(writes, TimeSpan.FromMinutes(1)),
            ["most in an hour"] = Ceiling.MostIn(writes, TimeSpan.FromHours(1)),
            ["shortest gap"] = gap,
            ["minutes of the clock"] = Math.Round(clock.Passed.TotalMinutes, 1),
            ["seconds"] = Math.Round(took.TotalSeconds, 1),
        };
        List<string> broken =
        [
            .. violations > 0 ? [$"GitHub counted {violations} violations"] : Array.Empty<string>(),
            .. share < Least ? [$"only {share:P1} of what GitHub allows was written while there was something to write"] : Array.Empty<string>(),
            .. gap < Second.TotalSeconds ? [$"two writes were only {gap} s apart"] : Array.Empty<string>(),
        ];
        return new ProofOutcome(figures, broken);
    }
}

/// <summary>A runner without an agent, and the question when it has nothing left to do.</summary>
internal sealed class Working(Bot bot, FakeRunner runner, ProofRun run, PacedClock clock)
{
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(30);

    private Task job = Task.CompletedTask;
    private Task sign = Task.CompletedTask;
    private DateTimeOffset seen = clock.Now;

    public bool IsBusy => !job.IsCompleted;

    public async Task StepAsync()
    {
        if (IsBusy)
        {
            return;
        }

        await job;
        if (await bot.CountAsync("bells", $"visible_at <= '{App.Storage.Instant.ToText(clock.Now)}'") > 0)
        {
            (job, seen) = (DoAsync(), clock.Now);
        }
        else if (clock.Now - seen > Sign && sign.IsCompleted)
        {
            // A runner that is not heard of for long does not count.
            (sign, seen) = (runner.SendAsync(RunnerApi.Poll, new PollRequest(runner.Info, 1, [])), clock.Now);
        }
    }

    public async Task<bool> IsOverAsync() =>
        !IsBusy && await bot.CountAsync("items", "state = 'ready'") == run.Runs && await bot.CountAsync("outbox", "state = 'pending'") == 0;

    private async Task DoAsync()
    {
        var order = await runner.NextAsync();
        if (order.Kind == JobKind.Review)
        {
            await runner.ReviewAsync(order, approves: true);
        }
        else
        {
            await runner.ImplementAsync(order);
        }
    }
}

/// <summary>Moves the clock to the next moment at which somebody can do something, once nobody can do anything at this one.</summary>
internal sealed class PacedClock(Bot bot)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Stride = TimeSpan.FromSeconds(2);

    private readonly DateTimeOffset start = bot.Time.GetUtcNow();
    private readonly List<DateTimeOffset> withWork = [];
    private int quiet;

    public DateTimeOffset Now => bot.Time.GetUtcNow();

    public TimeSpan Passed => Now - start;

    /// <summary>The first moment, from a given one on, at which there was something to write.</summary>
    public DateTimeOffset WorkFrom(DateTimeOffset from) => withWork.BinarySearch(from) is var i and < 0 ? ~i < withWork.Count ? withWork[~i] : Now : from;

    /// <returns>Whether the clock moved.</returns>
    public async Task<bool> TickAsync(bool busy)
    {
        quiet = await bot.IsQuietAsync() ? quiet + 1 : 0;
        if (quiet < 2 || (busy && !bot.IsWaiting))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(3));
            return false;
        }

        quiet = 0;
        if (await bot.Store.ReadAsync(db => OutboxRows.Due(db, Now).Any(r => OutboxOrder.ContentKinds.Contains(r.Kind)), default))
        {
            withWork.Add(Now);
        }

        var stride = bot.IsWaiting ? Step : Stride;
        var held = await bot.HeldUntilAsync() - Now;
        bot.Time.Advance(held > TimeSpan.Zero && held < stride ? held.Value : stride);
        return true;
    }
}

/// <summary>What GitHub's limits would have allowed.</summary>
internal static class Ceiling
{
    private static readonly RateSettings Limits = new();
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    /// <summary>The time that writes needed at least, after those that were made before, as a share of what they took; times without work do not count.</summary>
    /// <param name="workFrom">From when on there was something to write.</param>
    public static double ShareOf(List<DateTimeOffset> writes, Func<DateTimeOffset, DateTimeOffset> workFrom)
    {
        var (needed, took) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 1; i < writes.Count; i++)
        {
            var ready = Earlier(workFrom(writes[i - 1]), writes[i]);
            var allowed = Later(writes[i - 1] + Spacing, Later(Freed(writes, i, Limits.ContentPerMinute, TimeSpan.FromMinutes(1)), Freed(writes, i, Limits.ContentPerHour, TimeSpan.FromHours(1))));
            took += writes[i] - ready;
            needed += Earlier(Later(allowed, ready), writes[i]) - ready;
        }

        return took == TimeSpan.Zero ? 1 : needed / took;
    }

    public static int MostIn(List<DateTimeOffset> writes, TimeSpan window) =>
        writes.Count == 0 ? 0 : writes.Max(last => writes.Count(w => w > last - window && w <= last));

    private static DateTimeOffset Freed(List<DateTimeOffset> writes, int next, int most, TimeSpan window) =>
        next >= most ? writes[next - most] + window : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
