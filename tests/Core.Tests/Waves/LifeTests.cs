using Muster.Core.Recorder;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Waves;

public sealed class LifeTests
{
    private Item item = Happenings.Fresh;
    private readonly List<Step> steps = [];

    [Fact]
    public void A_clean_issue_goes_from_label_to_ready_with_one_of_each()
    {
        Happen(new ItemEvent.PlacedRuns(Happenings.Base, "free", Happenings.Terms));
        Happen(new ItemEvent.WorkPassed(Happenings.Head, "zhipu", [], []));
        Happen(new ItemEvent.PullOpened(Happenings.Pull));
        Happen(new ItemEvent.Judged(new Verdict.Approved { Head = Happenings.Head }));

        Assert.Equal(ItemState.Ready, item.State);
        Assert.Single(Effects<Effect.OpenPull>());
        Assert.Single(Effects<Effect.PostReview>());
        Assert.Single(Effects<Effect.PutCheck>());
        Assert.Single(Effects<Effect.MarkReady>());
        Assert.Equal([JobKind.Implement, JobKind.Review], Jobs().Select(j => j.Kind));
    }

    [Fact]
    public void A_clean_issue_changes_its_labels_twice_at_most()
    {
        A_clean_issue_goes_from_label_to_ready_with_one_of_each();

        Assert.Equal(2, Effects<Effect.ChangeLabels>().Count());
    }

    [Fact]
    public void Gates_send_the_work_back_to_the_start_of_the_round_with_their_findings()
    {
        Happen(new ItemEvent.PlacedRuns(Happenings.Base, "free", Happenings.Terms));
        Happen(new ItemEvent.WorkRefused(Happenings.Refusal));

        var job = Jobs().Last();
        Assert.Equal((2, Happenings.Base), (job.Attempt, job.Start));
        Assert.Contains("src/a.cs:7", Assert.Single(job.Feedback), StringComparison.Ordinal);
    }

    [Fact]
    public void After_three_refused_attempts_it_parks_and_opens_nothing()
    {
        Happen(new ItemEvent.PlacedRuns(Happenings.Base, "free", Happenings.Terms));
        Repeat(3, () => new ItemEvent.WorkRefused(Happenings.Refusal));

        Assert.Equal(ItemState.Parked, item.State);
        Assert.Empty(Effects<Effect.OpenPull>());
        Assert.Single(Effects<Effect.SayOnce>());
    }

    [Fact]
    public void A_blocking_verdict_starts_a_round_on_the_head_and_the_new_head_is_judged_anew()
    {
        Judge(new Verdict.ChangesRequested { Head = Happenings.Head, Findings = [new Finding(Severity.Blocking, "src/a.cs", 3, "breaks", "", 0.9)] });
        var fix = Jobs().Last();
        Assert.Equal((JobKind.Implement, 1, Happenings.Head), (fix.Kind, fix.Round, fix.Start));

        Happen(new ItemEvent.WorkPassed(Happenings.Other, "zhipu", [], []));
        Happen(new ItemEvent.Judged(new Verdict.Approved { Head = Happenings.Head }));
        Assert.Equal(ItemState.Judging, item.State);

        Happen(new ItemEvent.Judged(new Verdict.Approved { Head = Happenings.Other }));
        Assert.Equal(ItemState.Ready, item.State);
        Assert.Single(Effects<Effect.OpenPull>());
    }

    [Fact]
    public void An_absent_verdict_is_never_a_pass()
    {
        Judge(new Verdict.Unreviewed("nobody independent") { Head = Happenings.Head });

        Assert.Equal(ItemState.Parked, item.State);
        Assert.Empty(Effects<Effect.MarkReady>());
        Assert.Single(Effects<Effect.PutCheck>());
    }

    [Fact]
    public void A_reviewer_that_never_answers_leaves_it_unreviewed_after_two_tries()
    {
        Publish();
        Repeat(2, () => new ItemEvent.ReviewFailed(FailureClass.NoAnswer, "no JSON"));

        Assert.Equal(ItemState.Parked, item.State);
        Assert.StartsWith("Unreviewed", item.Outcome, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureClass.Launch)]
    [InlineData(FailureClass.Login)]
    [InlineData(FailureClass.GaveUp)]
    [InlineData(FailureClass.Base)]
    public void What_a_second_try_cannot_mend_is_not_tried_again(FailureClass failure)
    {
        Happen(new ItemEvent.PlacedRuns(Happenings.Base, "free", Happenings.Terms));
        Happen(new ItemEvent.WorkFailed(failure, "so it is"));

        Assert.Equal(ItemState.Parked, item.State);
        Assert.Single(Jobs());
    }

    [Theory]
    [InlineData(FailureClass.RateLimit)]
    [InlineData(FailureClass.Host)]
    [InlineData(FailureClass.Drained)]
    public void What_is_not_the_change_s_fault_costs_no_attempt(FailureClass failure)
    {
        Happen(new ItemEvent.PlacedRuns(Happenings.Base, "free", Happenings.Terms));
        Happen(new ItemEvent.WorkFailed(failure, "so it is"));

        Assert.Equal((ItemState.Implementing, 1, 1), (item.State, item.Attempt, item.Attempts));
        Assert.Equal(2, Jobs().Count());
    }

    [Fact]
    public void A_merge_that_happens_meanwhile_ends_it_wherever_it_stands()
    {
        Publish();
        Happen(new ItemEvent.PullMerged("ann"));

        Assert.Equal(ItemState.Merged, item.State);
        Assert.Contains(steps.SelectMany(s => s.Events), e => e is FlightEvent.PersonActed { Act: "merge", Intervention: false });
    }

    [Fact]
    public void A_closed_pull_request_is_never_opened_again()
    {
        Publish();
        Happen(new ItemEvent.PullClosed("ann"));
        Happen(new ItemEvent.ContinueAsked("ann"));
        Happen(new ItemEvent.WorkPassed(Happenings.Other, "zhipu", [], []));

        Assert.Equal(ItemState.Cancelled, item.State);
        Assert.Single(Effects<Effect.OpenPull>());
    }

    [Fact]
    public void A_parked_item_with_an_open_pull_request_goes_on_when_asked()
    {
        Judge(new Verdict.Unreviewed("nobody") { Head = Happenings.Head });
        Happen(new ItemEvent.ContinueAsked("ann"));

        Assert.Equal(ItemState.Judging, item.State);
        Assert.Equal(JobKind.Review, Jobs().Last().Kind);
    }

    [Fact]
    public void Release_drops_what_it_waits_for()
    {
        Happen(new ItemEvent.PlacedWaits([new IssueNumber(11)], "overlap", "merge #30"));
        Happen(new ItemEvent.ReleaseAsked("ann", []));

        Assert.Contains(new IssueNumber(11), item.Released);
        Assert.True(steps[^1].Replan);
        Assert.Null(item.Attention);
    }

    private void Publish()
    {
        Happen(new ItemEvent.PlacedRuns(Happenings.Base, "free", Happenings.Terms));
        Happen(new ItemEvent.WorkPassed(Happenings.Head, "zhipu", [], []));
        Happen(new ItemEvent.PullOpened(Happenings.Pull));
    }

    private void Judge(Verdict verdict)
    {
        Publish();
        Happen(new ItemEvent.Judged(verdict));
    }

    private void Happen(ItemEvent happened)
    {
        steps.Add(Transitions.Apply(item, happened, WorkLimits.Default));
        item = steps[^1].Item;
    }

    private void Repeat(int times, Func<ItemEvent> happened)
    {
        for (var i = 0; i < times; i++)
        {
            Happen(happened());
        }
    }

    private IEnumerable<T> Effects<T>()
        where T : Effect => steps.SelectMany(s => s.Effects).OfType<T>();

    private IEnumerable<JobWanted> Jobs() => steps.Select(s => s.Job).OfType<JobWanted>();
}
