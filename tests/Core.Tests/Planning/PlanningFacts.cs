using Muster.Core.Contracts;
using Muster.Core.Planning;
using Muster.Core.Policy;

namespace Muster.Core.Tests.Planning;

/// <summary>Short words for the facts of planner tests.</summary>
internal static class PlanningFacts
{
    public static readonly TreeFacts Tree = new(
        ["src/parser/Lexer.cs", "src/parser/Parser.cs", "src/web/Page.cs", "docs/guide.md", "src/parser/legacy/Old.cs"],
        new HashSet<string> { "main" },
        new HashSet<string>());

    public static IssueFacts Issue(int number, string scope = "", int[]? dependsOn = null, DependencyState state = DependencyState.Open) => new()
    {
        Number = new IssueNumber(number),
        Reading = new ContractReading.Understood(Scoped(scope) with { DependsOn = [.. (dependsOn ?? []).Select(Local)] }),
        Dependencies = (dependsOn ?? []).Distinct().ToDictionary(Local, _ => state),
    };

    public static IssueFacts With(this IssueFacts facts, params ExistingWork[] work) => facts with { ExistingWork = work };

    public static ExistingWork Pull(int number, WorkState state = WorkState.Open, bool byUs = false, WorkLink how = WorkLink.Closes) =>
        new(new PullNumber(number), state, byUs, how, $"https://example.com/pull/{number}");

    public static LiveWork Live(int number, string scope, LiveStage stage = LiveStage.Working, int? pull = null) =>
        new(new IssueNumber(number), stage, Scoped(scope), pull is { } p ? new PullNumber(p) : null);

    public static Contract Scoped(string scope) => new() { Scope = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries) };

    public static IssueRef Local(int number) => new(null, new IssueNumber(number));

    public static WavePlan Plan(int slots, IReadOnlyCollection<LiveWork> live, params IssueFacts[] issues) =>
        WavePlanner.Plan(issues, live, slots, RepoPolicy.Default, Tree);

    public static WavePlan Plan(params IssueFacts[] issues) => Plan(10, [], issues);

    public static T Of<T>(this WavePlan plan, int issue) where T : Placement => Assert.IsType<T>(plan.Placements[new IssueNumber(issue)]);

    public static WaitsFor OnlyWait(this WavePlan plan, int issue) => Assert.Single(plan.Of<Placement.Waits>(issue).On);
}
