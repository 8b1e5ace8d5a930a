using Muster.Core.Recorder;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Waves;

/// <summary>Walks the whole state machine: every event in every state that can be reached, and looks at each step.</summary>
public sealed class ExplorationTests
{
    private static readonly WorkLimits Limits = new(Attempts: 2, Total: 3, Rounds: 1, Reviews: 2, FreeRetries: 1);

    private static readonly IReadOnlyList<(Item From, ItemEvent Event, Step Step)> Steps = Explore();

    [Fact]
    public void Every_kind_of_event_takes_part() =>
        Assert.Empty(typeof(ItemEvent).GetNestedTypes().Except(Happenings.All.Select(e => e.GetType())));

    [Fact]
    public void Every_state_can_be_reached() =>
        Assert.Empty(Enum.GetValues<ItemState>().Except(Steps.Select(s => s.Step.Item.State)));

    [Fact]
    public void An_end_is_left_only_by_a_person_who_goes_on_with_an_open_pull_request() => Assert.All(
        Steps.Where(s => !s.From.IsLive && s.Step.Item.State != s.From.State),
        s => Assert.True(
            s.From is { State: ItemState.Parked, PullOpen: true }
            && (s.Event is ItemEvent.ContinueAsked || !s.Step.Item.IsLive),
            $"{s.From.State} became {s.Step.Item.State} by {s.Event}"));

    [Fact]
    public void A_merged_item_stays_merged() => Assert.All(
        Steps.Where(s => s.From.State == ItemState.Merged),
        s => Assert.Equal(s.From, s.Step.Item));

    [Fact]
    public void A_job_is_wanted_only_where_somebody_takes_its_result() => Assert.All(
        Steps.Where(s => s.Step.Job is not null),
        s => Assert.Contains(s.Step.Item.State, s.Step.Job!.Kind == JobKind.Review ? [ItemState.Judging] : new[] { ItemState.Implementing, ItemState.Fixing }));

    [Fact]
    public void Whoever_enters_a_working_state_gets_a_job() => Assert.All(
        Steps.Where(s => s.Step.Item.State != s.From.State && s.Step.Item.State is ItemState.Implementing or ItemState.Fixing or ItemState.Judging),
        s => Assert.True(s.Step.Job is not null || s.Step.Item.State == s.From.State, $"{s.From.State} -> {s.Step.Item.State} by {s.Event}"));

    [Fact]
    public void Leaving_work_for_an_end_stops_the_job() => Assert.All(
        Steps.Where(s => s.From.IsLive && !s.Step.Item.IsLive),
        s => Assert.True(s.Step.StopJob));

    [Fact]
    public void What_is_parked_says_why_and_what_a_person_can_do() => Assert.All(
        Steps.Where(s => s.Step.Item.State == ItemState.Parked),
        s => Assert.False(string.IsNullOrEmpty(s.Step.Item.Outcome) || string.IsNullOrEmpty(s.Step.Item.Attention)));

    [Fact]
    public void Every_end_says_why() => Assert.All(
        Steps.Where(s => !s.Step.Item.IsLive),
        s => Assert.False(string.IsNullOrEmpty(s.Step.Item.Outcome)));

    [Fact]
    public void No_item_costs_more_than_its_limits() => Assert.All(Steps, s =>
    {
        Assert.True(s.Step.Item.Attempt <= Limits.Attempts);
        Assert.True(s.Step.Item.Attempts <= Limits.Total + 1, $"{s.Step.Item.Attempts} attempts");
        Assert.True(s.Step.Item.Round <= s.Step.Item.RoundsFrom + Limits.Rounds);
        Assert.True(s.Step.Item.FreeRetries <= Limits.FreeRetries);
        Assert.True(s.Step.Item.ReviewAttempt <= Limits.Reviews);
    });

    [Fact]
    public void Only_an_approval_of_the_newest_head_makes_an_item_ready() => Assert.All(
        Steps.Where(s => s.Step.Item.State == ItemState.Ready && s.From.State != ItemState.Ready),
        s => Assert.True(s.Event is ItemEvent.Judged { Verdict: Verdict.Approved approved } && approved.Head == s.From.Head));

    [Fact]
    public void A_step_that_changes_nothing_does_nothing() => Assert.All(
        Steps.Where(s => s.Step.Item == s.From),
        s => Assert.True(s.Step.Effects.Count == 0 && s.Step.Job is null && !s.Step.Events.OfType<FlightEvent.ItemMoved>().Any()));

    [Fact]
    public void Attention_and_its_label_go_together() => Assert.All(
        Steps.Where(s => s.From.Attention is null && s.Step.Item.Attention is not null),
        s => Assert.Contains(s.Step.Effects, e => e is Effect.ChangeLabels labels && labels.Add.Contains(StateLabels.NeedsHuman)));

    [Fact]
    public void From_every_live_state_a_person_can_cancel() => Assert.All(
        Steps.Where(s => s.From.IsLive && s.Event is ItemEvent.CancelAsked),
        s => Assert.Equal(ItemState.Cancelled, s.Step.Item.State));

    private static List<(Item, ItemEvent, Step)> Explore()
    {
        var steps = new List<(Item, ItemEvent, Step)>();
        var seen = new HashSet<string>();
        var open = new Queue<(Item Item, int Depth)>([(Happenings.Fresh, 0)]);
        while (open.TryDequeue(out var next))
        {
            foreach (var happened in Happenings.All)
            {
                var step = Transitions.Apply(next.Item, happened, Limits);
                steps.Add((next.Item, happened, step));
                if (next.Depth < 11 && seen.Add(WireJson.Write(step.Item)))
                {
                    open.Enqueue((step.Item, next.Depth + 1));
                }
            }
        }

        return steps;
    }
}
