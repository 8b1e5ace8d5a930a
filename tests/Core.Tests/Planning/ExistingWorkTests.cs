using Muster.Core.Planning;
using static Muster.Core.Tests.Planning.PlanningFacts;

namespace Muster.Core.Tests.Planning;

public sealed class ExistingWorkTests
{
    [Theory]
    [InlineData(WorkState.Open, WorkLink.Closes, "#12 was not started, because #52 is already open and says that it closes #12; comment `/dispatch retry` to run it all the same.")]
    [InlineData(WorkState.Open, WorkLink.Branch, "#12 was not started, because #52 is already open and has a branch named after #12; comment `/dispatch retry` to run it all the same.")]
    [InlineData(WorkState.Open, WorkLink.Title, "#12 was not started, because #52 is already open and names #12 in its title; comment `/dispatch retry` to run it all the same.")]
    [InlineData(WorkState.Merged, WorkLink.Closes, "#12 was not started, because #52 is merged and says that it closes #12; close #12, or comment `/dispatch retry` to run it all the same.")]
    public void An_issue_with_a_pull_request_by_somebody_else_is_never_dispatched(WorkState state, WorkLink how, string sentence)
    {
        var taken = Plan(Issue(12, "src/**").With(Pull(52, state, how: how))).Of<Placement.Taken>(12);

        Assert.Equal(new Placement.Taken(new PullNumber(52), state == WorkState.Merged, "https://example.com/pull/52", sentence), taken);
    }

    [Fact]
    public void Work_is_looked_at_before_anything_else_and_open_work_before_merged()
    {
        var issue = Issue(12, "src/**", [12]).With(Pull(50, WorkState.Merged), Pull(53), Pull(52, how: WorkLink.Title)) with { Lint = [new("scope", "bad", "x")] };

        Assert.Equal(53, Plan(issue).Of<Placement.Taken>(12).Pull.Value);
    }

    [Fact]
    public void Our_own_pull_request_is_never_taken() =>
        Plan(Issue(12, "src/**").With(Pull(52, byUs: true), Pull(50, WorkState.Merged, byUs: true))).Of<Placement.Runs>(12);

    [Fact]
    public void A_closed_one_is_linked_and_a_mention_is_told()
    {
        var runs = Plan(Issue(12, "src/**").With(Pull(40, WorkState.Closed), Pull(52, how: WorkLink.Mentions), Pull(53, WorkState.Merged, how: WorkLink.Mentions))).Of<Placement.Runs>(12);

        Assert.Equal([Pull(40, WorkState.Closed)], runs.Earlier);
        Assert.Equal(
            ["#52 is open and mentions #12, but does not say that it resolves it.", "An earlier pull request for #12, #40, was closed without being merged."],
            runs.Notes);
    }

    [Fact]
    public void A_retry_runs_it_all_the_same() =>
        Plan(Issue(12, "src/**").With(Pull(52), Pull(50, WorkState.Merged)) with { RunAnyway = true }).Of<Placement.Runs>(12);
}
