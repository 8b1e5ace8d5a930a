using Muster.Core.Recorder;
using Muster.Core.Retro;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Recorder;

public sealed class RetroTests
{
    private static readonly WaveId Wave = new(3);
    private static readonly CommitSha Head = new(new string('b', 40));

    private readonly List<Recorded> events = [];

    [Fact]
    public void Its_table_and_totals_are_a_fold_over_the_events()
    {
        Opened();
        Passed(12, rounds: 1, refusals: 1);
        Passed(13, rounds: 0, refusals: 0);
        On(13, new FlightEvent.PersonActed("retry", "ann", true));
        On(12, new FlightEvent.PersonActed("merge", "ann", false));

        var body = Body();

        Assert.Contains("| #12 | #112 | approved | 1 | `zhipu`, `openai` |", body, StringComparison.Ordinal);
        Assert.Contains("| items | 2 |", body, StringComparison.Ordinal);
        Assert.Contains("| rework rounds | 1 |", body, StringComparison.Ordinal);
        Assert.Contains("| human interventions | 1 |", body, StringComparison.Ordinal);
        Assert.Contains("| merged by people | 1 |", body, StringComparison.Ordinal);
        Assert.Contains("| attempts refused by gates | 1 |", body, StringComparison.Ordinal);
        Assert.DoesNotContain("holes", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wave_of_one_item_fits_on_fifteen_lines()
    {
        Opened();
        Passed(12, rounds: 2, refusals: 2);

        Assert.True(Body().Split('\n').Length <= 15, Body());
    }

    [Fact]
    public void At_most_three_proposals_with_fingerprint_and_evidence()
    {
        Opened();
        Passed(12, rounds: 1, refusals: 1);
        Passed(13, rounds: 0, refusals: 0);
        On(13, new FlightEvent.AgentEnded(JobKind.Implement, 0, 1, AgentOutcome.Stalled, 1, 1));
        On(13, new FlightEvent.WorkFailed(JobKind.Implement, FailureClass.Stall, "silent"));
        Asked(14);
        On(14, new FlightEvent.ItemPlaced("refused", [], "no such test"));
        On(14, new FlightEvent.ItemMoved("proposed", "parked", "no such test", "mend it"));

        var proposals = Body().Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, proposals.Count);
        Assert.All(proposals, p => Assert.Matches(@"#1\d.*\(`[a-z]+:[a-z-]+`\)", p));
    }

    [Theory]
    [InlineData(typeof(FlightEvent.TriggerAccepted), "who asked")]
    [InlineData(typeof(FlightEvent.ItemPlaced), "the placement")]
    [InlineData(typeof(FlightEvent.ItemMoved), "the states")]
    [InlineData(typeof(FlightEvent.JobQueued), "the jobs")]
    [InlineData(typeof(FlightEvent.AgentStarted), "the agent's start")]
    [InlineData(typeof(FlightEvent.VerdictReached), "the verdict")]
    [InlineData(typeof(FlightEvent.PlanMade), "its plan")]
    [InlineData(typeof(FlightEvent.WaveOpened), "when the wave was opened")]
    public void With_events_deleted_it_says_what_is_missing(Type kind, string missing)
    {
        Opened();
        Passed(12, rounds: 0, refusals: 0);
        events.RemoveAll(e => e.Event.GetType() == kind);

        Assert.Contains(missing, Body(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open-pull", "the pull request")]
    [InlineData("post-review", "the posted review")]
    public void With_receipts_deleted_it_says_what_is_missing(string effect, string missing)
    {
        Opened();
        Passed(12, rounds: 0, refusals: 0);
        events.RemoveAll(e => e.Event is FlightEvent.EffectDone done && done.Effect == effect);

        Assert.Contains(missing, Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_of_another_wave_do_not_count()
    {
        Opened();
        Passed(12, rounds: 0, refusals: 0);
        events.AddRange(events.Select(e => e with { Wave = new WaveId(4), Issue = e.Issue is null ? null : new IssueNumber(99) }).ToList());

        Assert.DoesNotContain("#99", Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_event_survives_its_way_through_json()
    {
        Opened();
        Passed(12, rounds: 1, refusals: 1);

        Assert.All(events, e => Assert.Equal(WireJson.Write(e), WireJson.Write(WireJson.Read<Recorded>(WireJson.Write(e)))));
    }

    private string Body() => RetroReport.Body(WaveStory.Of(Wave, events));

    private void Opened()
    {
        Say(null, new FlightEvent.WaveOpened("ann"));
        Say(null, new FlightEvent.PlanMade(1, 1, 0, 0, 0));
    }

    private void Asked(int issue) => On(issue, new FlightEvent.TriggerAccepted("ann", "label"));

    private void Passed(int issue, int rounds, int refusals)
    {
        Asked(issue);
        On(issue, new FlightEvent.ItemPlaced("runs", [], "free"));
        for (var attempt = 1; attempt <= refusals; attempt++)
        {
            On(issue, new FlightEvent.JobQueued(JobKind.Implement, 0, attempt));
            On(issue, new FlightEvent.GateRefused("destruction", "src/a.cs", 7, "A stub.", 0, attempt));
        }

        for (var round = 0; round <= rounds; round++)
        {
            On(issue, new FlightEvent.JobQueued(JobKind.Implement, round, refusals + 1));
            On(issue, new FlightEvent.AgentStarted(JobKind.Implement, round, 1, "zhipu"));
            On(issue, new FlightEvent.AgentEnded(JobKind.Implement, round, 1, AgentOutcome.Finished, 2, 10));
            if (round == 0)
            {
                On(issue, new FlightEvent.EffectDone("open-pull", true, 100 + issue, "open", Head, "muster[bot]"));
            }
            else
            {
                On(issue, new FlightEvent.RoundStarted(round));
            }

            On(issue, new FlightEvent.AgentStarted(JobKind.Review, round, 1, "openai"));
            On(issue, new FlightEvent.VerdictReached(round == rounds ? "approved" : "changes-requested", Head, "openai", 0));
            On(issue, new FlightEvent.EffectDone("post-review", true, 5, "APPROVED", Head, "reviewer[bot]"));
        }

        On(issue, new FlightEvent.ItemMoved("judging", "ready", null, null));
    }

    private void On(int issue, FlightEvent happened) => Say(issue, happened);

    private void Say(int? issue, FlightEvent happened) => events.Add(new Recorded(
        events.Count + 1,
        DateTimeOffset.UnixEpoch.AddSeconds(events.Count),
        Wave,
        issue is { } item ? new ItemId(item) : null,
        issue is { } number ? new IssueNumber(number) : null,
        null,
        happened));
}
