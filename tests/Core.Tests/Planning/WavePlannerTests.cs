using Muster.Core.Contracts;
using Muster.Core.Planning;
using Muster.Core.Policy;
using static Muster.Core.Tests.Planning.PlanningFacts;

namespace Muster.Core.Tests.Planning;

public sealed class WavePlannerTests
{
    [Fact]
    public void Issues_that_touch_different_folders_run_side_by_side()
    {
        var plan = Plan(Issue(12, "src/parser/**"), Issue(15, "src/web/**"));

        Assert.Equal(2, plan.Width);
        Assert.Empty(plan.Of<Placement.Runs>(12).Notes);
        plan.Of<Placement.Runs>(15);
        Assert.Empty(plan.Edges);
    }

    [Fact]
    public void An_issue_that_meets_an_earlier_one_waits_and_says_where()
    {
        var plan = Plan(Issue(15, "src/**"), Issue(12, "src/parser/*.cs"));

        plan.Of<Placement.Runs>(12);
        Assert.Equal(
            new WaitsFor(new IssueNumber(12), WaitKind.Overlap, "#15 waits for #12, which goes first, because `src/**` and `src/parser/*.cs` meet, for example in `src/parser/Lexer.cs`."),
            plan.OnlyWait(15));
        Assert.Equal(
            [new PlanEdge(new IssueNumber(15), new IssueNumber(12), WaitKind.Overlap, "#15 and #12 cannot run side by side, because `src/**` and `src/parser/*.cs` meet.")],
            plan.Edges);
    }

    [Theory]
    [InlineData(LiveStage.Working, null, "#15 waits for #12, which is being worked on, because both may change `src/**`.", null)]
    [InlineData(LiveStage.Ready, 31, "#15 waits for #12, whose pull request #31 is not merged yet, because both may change `src/**`.", "Merge or close #31, or comment `/dispatch release 15`.")]
    [InlineData(LiveStage.Parked, 31, "#15 waits for #12, whose pull request #31 is not merged yet, because both may change `src/**`.", "Merge or close #31, or comment `/dispatch release 15`.")]
    public void An_issue_that_meets_one_that_has_begun_waits_for_it(LiveStage stage, int? pull, string reason, string? attention)
    {
        var plan = Plan(5, [Live(12, "src/**", stage, pull)], Issue(15, "src/**"));

        Assert.Equal(new WaitsFor(new IssueNumber(12), WaitKind.Overlap, reason, attention), plan.OnlyWait(15));
    }

    [Fact]
    public void A_release_drops_the_overlap_with_that_issue_and_no_other()
    {
        var released = Issue(15, "src/** docs/**") with { Released = new HashSet<IssueNumber> { new(12) } };

        Plan(5, [Live(12, "src/**")], released).Of<Placement.Runs>(15);
        Assert.Equal(13, Plan(5, [Live(12, "src/**"), Live(13, "docs/**")], released).OnlyWait(15).Issue?.Value);
        Assert.Equal(2, Plan(5, [], Issue(12, "src/**"), released).Width);
        Plan(5, [Live(12, "src/**"), Live(13, "docs/**")], released with { ReleasedFromAll = true }).Of<Placement.Runs>(15);
    }

    [Fact]
    public void What_does_not_fit_the_slots_waits_for_capacity_and_wants_nobody()
    {
        var plan = Plan(2, [Live(3, "docs/**"), Live(4, "tools/**", LiveStage.Ready, 9)], Issue(12, "src/parser/**"), Issue(15, "src/web/**"));

        plan.Of<Placement.Runs>(12);
        Assert.Equal(new WaitsFor(null, WaitKind.Capacity, "#15 waits for a slot, because all 2 are taken."), plan.OnlyWait(15));
        Assert.Equal("#12 waits for a runner, because none has a slot.", Plan(0, [], Issue(12)).OnlyWait(12).Reason);
        var policy = RepoPolicy.Default with { MaxWave = 1 };
        Assert.Contains("`max_wave` lets 1 run", WavePlanner.Plan([Issue(12, "a"), Issue(15, "b")], [], 9, policy, Tree).OnlyWait(15).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_depend_on_goes_first_and_what_a_person_put_first_before_that()
    {
        Plan(1, [], Issue(10, "a"), Issue(11, "b"), Issue(12, "c", [11])).Of<Placement.Runs>(11);
        Plan(1, [], Issue(10, "a") with { Priority = 1 }, Issue(11, "b"), Issue(12, "c", [11])).Of<Placement.Runs>(10);
        Plan(1, [], Issue(11, "b"), Issue(10, "a")).Of<Placement.Runs>(10);
    }

    [Fact]
    public void An_issue_that_says_nothing_of_its_files_runs_and_the_plan_says_so()
    {
        var plan = Plan(Issue(12), Issue(15), Issue(16, "**"));

        Assert.Equal(3, plan.Width);
        Assert.Equal(
            ["Nothing says which files #12 will touch, so it was planned as if it met no other issue; name them in `scope` to be sure."],
            plan.Of<Placement.Runs>(12).Notes);
    }

    [Fact]
    public void A_contract_that_cannot_be_read_or_lints_badly_is_refused_with_its_fixes()
    {
        LintProblem[] problems = [new("scop", "`scop` is not a known key.", "scope: [a]"), new("risk", "bad.", "risk: low")];
        var plan = Plan(
            Issue(12) with { Reading = new ContractReading.Unreadable(problems) },
            Issue(15) with { Lint = [problems[0]] });

        Assert.Equal(problems, plan.Of<Placement.Refused>(12).Problems);
        Assert.Equal("#12 cannot run as written: 2 things have to be mended in its contract.", plan.Of<Placement.Refused>(12).Sentence);
        Assert.Equal("#15 cannot run as written: `scop` is not a known key.", plan.Of<Placement.Refused>(15).Sentence);
    }

    [Fact]
    public void A_hold_waits_for_a_person()
    {
        var wait = Plan(Issue(12, "a") with { Held = "sara wants to look first." }).OnlyWait(12);

        Assert.Equal(new WaitsFor(null, WaitKind.Hold, "#12 is held: sara wants to look first.", "Comment `/dispatch release 12` to let #12 start."), wait);
    }

    [Fact]
    public void A_plan_of_nothing_is_empty() => Assert.Empty(Plan().Placements);
}
