using Muster.Core.Contracts;
using Muster.Core.Planning;
using static Muster.Core.Tests.Planning.PlanningFacts;

namespace Muster.Core.Tests.Planning;

public sealed class DependencyTests
{
    [Theory]
    [InlineData(DependencyState.ClosedNotPlanned, "#15 depends on #11, which was closed as not planned.", "Take #11 out of `depends_on` of #15 and comment `/dispatch retry` there, or comment `/dispatch release 15`.")]
    [InlineData(DependencyState.Unknown, "#15 depends on #11, whose state could not be found out; it is asked for again.", null)]
    [InlineData(DependencyState.Open, "#15 depends on #11, which is open and has not been dispatched.", "Label #11 `agent:go`, close it as completed, or comment `/dispatch release 15`.")]
    public void What_is_not_done_is_waited_for(DependencyState state, string reason, string? attention) =>
        Assert.Equal(new WaitsFor(new IssueNumber(11), WaitKind.Dependency, reason, attention), Plan(Issue(15, "a", [11], state)).OnlyWait(15));

    [Fact]
    public void What_nobody_looked_up_is_unknown_and_never_runs() =>
        Assert.Contains("could not be found out", Plan(Issue(15, "a", [11]) with { Dependencies = new Dictionary<IssueRef, DependencyState>() }).OnlyWait(15).Reason, StringComparison.Ordinal);

    [Fact]
    public void What_is_closed_as_completed_is_done() => Plan(Issue(15, "a", [11], DependencyState.ClosedCompleted)).Of<Placement.Runs>(15);

    [Fact]
    public void A_release_drops_the_dependency() =>
        Plan(Issue(15, "a", [11]) with { Released = new HashSet<IssueNumber> { new(11) } }).Of<Placement.Runs>(15);

    [Fact]
    public void A_missing_issue_is_refused_with_the_line_that_leaves_it_out()
    {
        var facts = Issue(15, "a", [11, 999]) with { Dependencies = new Dictionary<IssueRef, DependencyState> { [Local(11)] = DependencyState.Open, [Local(999)] = DependencyState.Missing } };

        Assert.Equal([new LintProblem("depends_on", "#15 depends on #999, which does not exist.", "depends_on: [11]")], Plan(facts).Of<Placement.Refused>(15).Problems);
    }

    [Fact]
    public void Another_repositorys_issue_needs_a_person()
    {
        var other = new IssueRef(new RepoName("acme", "other"), new IssueNumber(4));
        var facts = Issue(15) with
        {
            Reading = new ContractReading.Understood(Scoped("a") with { DependsOn = [other] }),
            Dependencies = new Dictionary<IssueRef, DependencyState> { [other] = DependencyState.OtherRepository },
        };

        var wait = Plan(facts).OnlyWait(15);
        Assert.Equal((null, WaitKind.Person), (wait.Issue, wait.Kind));
        Assert.Equal("#15 depends on `acme/other#4` in another repository, which is not closed as completed.", wait.Reason);
        Assert.NotNull(wait.Attention);
        Plan(facts with { ReleasedFromAll = true }).Of<Placement.Runs>(15);
    }

    [Fact]
    public void One_in_the_same_wave_comes_first_and_its_overlap_is_not_told_twice()
    {
        var plan = Plan(Issue(15, "src/**", [16]), Issue(16, "src/**"));

        plan.Of<Placement.Runs>(16);
        Assert.Equal(new WaitsFor(new IssueNumber(16), WaitKind.Dependency, "#15 depends on #16, which comes first."), plan.OnlyWait(15));
    }

    [Theory]
    [InlineData(LiveStage.Working, "#15 depends on #11, which is being worked on.", null)]
    [InlineData(LiveStage.Ready, "#15 depends on #11, whose change is not merged yet.", "Merge #31 so that #11 is closed as completed, or comment `/dispatch release 15`.")]
    public void One_that_has_begun_is_waited_for(LiveStage stage, string reason, string? attention) =>
        Assert.Equal(new WaitsFor(new IssueNumber(11), WaitKind.Dependency, reason, attention), Plan(5, [Live(11, "src/**", stage, 31)], Issue(15, "src/**", [11])).OnlyWait(15));

    [Fact]
    public void One_that_will_not_start_by_itself_needs_a_person()
    {
        var plan = Plan(Issue(11, "a").With(Pull(52)), Issue(12, "b") with { Lint = [new("scope", "bad.", "x")] }, Issue(15, "c", [11, 12]));

        Assert.Equal(
            [
                new WaitsFor(new IssueNumber(11), WaitKind.Dependency, "#15 depends on #11, which #52 is about.", "Merge #52 so that #11 is closed as completed, or comment `/dispatch release 15`."),
                new WaitsFor(new IssueNumber(12), WaitKind.Dependency, "#15 depends on #12, which cannot run as written.", "Mend the contract of #12 and label it again, or comment `/dispatch release 15`."),
            ],
            plan.Of<Placement.Waits>(15).On);
    }

    [Fact]
    public void A_ring_is_named_whole_and_none_of_it_runs()
    {
        var plan = Plan(Issue(11, "a", [13]), Issue(12, "b", [11]), Issue(13, "c", [12, 20], DependencyState.Open), Issue(14, "d", [11]), Issue(15, "e"));

        foreach (var issue in new[] { 11, 12, 13 })
            Assert.Equal($"#{issue} can never start, because #11, #12 and #13 depend on each other in a ring.", plan.Of<Placement.Refused>(issue).Sentence);
        Assert.Equal("depends_on: [20]", Assert.Single(plan.Of<Placement.Refused>(13).Problems).Fix);
        Assert.NotNull(plan.OnlyWait(14).Attention);
        plan.Of<Placement.Runs>(15);
    }

    [Fact]
    public void Two_rings_that_are_tied_together_are_two()
    {
        var plan = Plan(Issue(1, "a", [2]), Issue(2, "b", [1, 3]), Issue(3, "c", [4]), Issue(4, "d", [3]));

        Assert.Contains("#1 and #2 depend on each other", plan.Of<Placement.Refused>(2).Sentence, StringComparison.Ordinal);
        Assert.Contains("#3 and #4 depend on each other", plan.Of<Placement.Refused>(3).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_that_somebody_else_is_breaking_is_none() =>
        Assert.Equal(11, Plan(Issue(11, "a", [12]).With(Pull(52)), Issue(12, "b", [11])).OnlyWait(12).Issue?.Value);

    [Fact]
    public void An_issue_that_depends_on_itself_is_refused() =>
        Assert.Equal(
            [new LintProblem("depends_on", "#12 depends on itself.", "depends_on: []")],
            Plan(Issue(12, "a", [12])).Of<Placement.Refused>(12).Problems);
}
