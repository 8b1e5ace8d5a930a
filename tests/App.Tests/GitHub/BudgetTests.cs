using FsCheck;
using FsCheck.Fluent;
using Muster.App.GitHub.Budget;

namespace Muster.App.Tests.GitHub;

/// <summary>The arithmetic of the windows: whatever is asked in whatever order, none is ever overstepped, and none is left unused.</summary>
public sealed class BudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static BudgetLimits Limits => BudgetLimits.OfGitHub;

    [Fact]
    public void No_window_is_overstepped_whatever_is_asked_and_however_long_one_waits_in_between() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(30),
        Prop.ForAll(ArbMap.Default.ArbFor<NonNegativeInt>(), seed =>
        {
            var random = new Random(seed.Get);
            var spent = Play(1_500, _ => Draw(random), _ => TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(120_000) : random.Next(400)));
            Assert.True(Most(spent.Where(s => s.Content), Minute, _ => 1) <= Limits.ContentPerMinute);
            Assert.True(Most(spent.Where(s => s.Content), Hour, _ => 1) <= Limits.ContentPerHour);
            Assert.True(Most(spent, Minute, s => s.Points) <= Limits.PointsPerMinute);
            Assert.All(Gaps(spent), gap => Assert.True(gap >= TimeSpan.FromSeconds(1)));
        }));

    [Fact]
    public void Content_alone_is_written_once_a_second_until_the_hour_is_used_up_and_again_when_it_is_free()
    {
        var spent = Play(1_000, _ => (CallCost.ContentWrite, Urgency.Verdict), _ => TimeSpan.Zero);

        Assert.Equal(Start.AddSeconds(499), spent[499].At);
        Assert.Equal(Start + Limits.Hour, spent[500].At);
        Assert.Equal(Start + Limits.Hour + TimeSpan.FromSeconds(499), spent[999].At);
    }

    [Fact]
    public void A_minute_holds_no_more_than_its_eighty_however_close_they_could_follow()
    {
        var limits = Limits with { Spacing = TimeSpan.Zero };
        var spent = Play(81, _ => (CallCost.ContentWrite, Urgency.Verdict), _ => TimeSpan.Zero, limits);

        Assert.Equal((Start, Start + limits.Minute), (spent[79].At, spent[80].At));
    }

    [Fact]
    public void Reading_leaves_points_for_a_verdict()
    {
        var reads = Play(Limits.PointsFor(Urgency.Background), _ => (CallCost.Read, Urgency.Background), _ => TimeSpan.Zero);
        var state = new BudgetState(reads, null);

        Assert.Equal(Start, reads[^1].At);
        Assert.Equal(Start + Limits.Minute, state.FreeAt(CallCost.Read, Urgency.Background, Limits, Start));
        Assert.Equal(Start, state.FreeAt(CallCost.ContentWrite, Urgency.Verdict, Limits, Start));
        Assert.Equal(Start, state.FreeAt(CallCost.ContentWrite, Urgency.Progress, Limits, Start));
    }

    [Fact]
    public void Telling_of_progress_leaves_content_for_pull_requests_and_verdicts()
    {
        var told = Play(440, _ => (CallCost.ContentWrite, Urgency.Progress), _ => TimeSpan.Zero);
        var (state, now) = (new BudgetState(told, null), told[^1].At + Limits.Spacing);

        Assert.Equal(Start + Limits.Hour, state.FreeAt(CallCost.ContentWrite, Urgency.Progress, Limits, now));
        Assert.Equal(Start + Limits.Hour, state.FreeAt(CallCost.ContentWrite, Urgency.Retro, Limits, now));
        Assert.Equal(now, state.FreeAt(CallCost.ContentWrite, Urgency.Pull, Limits, now));
        Assert.Equal(now, state.FreeAt(CallCost.ContentWrite, Urgency.Verdict, Limits, now));
    }

    [Fact]
    public void What_costs_more_than_a_minute_gives_goes_when_the_minute_is_empty()
    {
        var state = new BudgetState([new Spent { At = Start, Points = 1 }], null);

        Assert.Equal(Start + Limits.Minute, state.FreeAt(new CallCost(10_000, Content: false), Urgency.Verdict, Limits, Start));
    }

    [Fact]
    public void A_pause_holds_everything_back()
    {
        var state = new BudgetState([], Start.AddSeconds(90));

        Assert.Equal(Start.AddSeconds(90), state.FreeAt(CallCost.Read, Urgency.Verdict, Limits, Start));
    }

    [Fact]
    public void Refusals_that_name_no_time_double_the_silence_and_those_that_came_together_count_once()
    {
        var unnamed = new RateWord(Refused: true, Until: null);
        var first = Pause.None.After(unnamed, Start);
        var together = first.After(unnamed, Start.AddSeconds(1));
        var second = together.After(unnamed, together.Until);

        Assert.Equal((Start.AddMinutes(1), 1), (first.Until, first.Strikes));
        Assert.Equal(1, together.Strikes);
        Assert.Equal((together.Until.AddMinutes(2), 2), (second.Until, second.Strikes));
        Assert.True(Enumerable.Range(0, 40).Aggregate(Pause.None, (pause, _) => pause.After(unnamed, pause.Until > Start ? pause.Until : Start)).Strikes == 40);
    }

    [Fact]
    public void A_shorter_word_never_ends_a_longer_silence()
    {
        var pause = Pause.None.After(new RateWord(Refused: true, Start.AddMinutes(10)), Start);

        Assert.Equal(Start.AddMinutes(10), pause.After(new RateWord(Refused: true, Start.AddSeconds(5)), Start).Until);
        Assert.Equal(Start.AddMinutes(10) + TimeSpan.FromSeconds(1), pause.After(new RateWord(Refused: true, Start), Start.AddMinutes(10)).Until);
    }

    [Theory]
    [InlineData("GET", "/repos/acme/shop/issues", 1, false)]
    [InlineData("POST", "/repos/acme/shop/issues", 5, true)]
    [InlineData("PATCH", "/repositories/77/issues/12", 5, true)]
    [InlineData("POST", "/api/v3/repos/acme/shop/issues/12/comments", 5, true)]
    [InlineData("PATCH", "/repos/acme/shop/issues/comments/99", 5, true)]
    [InlineData("DELETE", "/repos/acme/shop/issues/comments/99", 5, false)]
    [InlineData("POST", "/repos/acme/shop/pulls", 5, true)]
    [InlineData("POST", "/repos/acme/shop/pulls/3/reviews", 5, true)]
    [InlineData("PUT", "/repos/acme/shop/pulls/3/reviews/8/dismissals", 5, true)]
    [InlineData("POST", "/repos/acme/shop/check-runs", 5, true)]
    [InlineData("PATCH", "/repos/acme/shop/check-runs/8", 5, true)]
    [InlineData("POST", "/repos/acme/shop/issues/12/labels", 5, false)]
    [InlineData("DELETE", "/repos/acme/shop/issues/12/labels/agent%3Ago", 5, false)]
    [InlineData("POST", "/repos/acme/shop/issues/12/reactions", 5, false)]
    [InlineData("POST", "/repos/acme/shop/issues/comments/12/reactions", 5, false)]
    [InlineData("POST", "/app/installations/5/access_tokens", 5, false)]
    public void A_request_costs_what_github_takes_for_it(string method, string path, int points, bool content) =>
        Assert.Equal(new CallCost(points, content), CallCost.Of(new HttpMethod(method), path));

    /// <summary>Asks again and again, each time as soon as it may.</summary>
    private static List<Spent> Play(int times, Func<int, (CallCost Cost, Urgency Urgency)> ask, Func<int, TimeSpan> wait, BudgetLimits? limits = null)
    {
        var (spent, now) = (new List<Spent>(), Start);
        for (var i = 0; i < times; i++)
        {
            now += wait(i);
            var (cost, urgency) = ask(i);
            var recent = spent.Where(s => s.At + (limits ?? Limits).Hour > now).ToList();
            now = new BudgetState(recent, null).FreeAt(cost, urgency, limits ?? Limits, now);
            spent.Add(new Spent { At = now, Points = cost.Points, Content = cost.Content });
        }

        return spent;
    }

    private static (CallCost, Urgency) Draw(Random random) => (
        random.Next(3) switch { 0 => CallCost.ContentWrite, 1 => CallCost.Write, _ => CallCost.Read },
        (Urgency)random.Next(5));

    private static int Most(IEnumerable<Spent> spent, TimeSpan window, Func<Spent, int> counts)
    {
        var all = spent.ToList();
        return all.Max(last => all.Where(s => s.At > last.At - window && s.At <= last.At).Sum(counts));
    }

    private static IEnumerable<TimeSpan> Gaps(IEnumerable<Spent> spent)
    {
        var content = spent.Where(s => s.Content).Select(s => s.At).ToList();
        return content.Zip(content.Skip(1), (a, b) => b - a);
    }
}
