using Muster.Core.Contracts;

namespace Muster.Core.Planning;

/// <summary>What an issue's <c>depends_on</c> means today: done, to be waited for, or never to come.</summary>
internal sealed class Dependencies(IReadOnlyDictionary<IssueNumber, LiveWork> live, IReadOnlySet<IssueNumber> planned)
{
    /// <summary>What the issue waits for.</summary>
    public IEnumerable<WaitsFor> Waits(IssueFacts facts, Contract contract) =>
        from dependency in contract.DependsOn
        where !IsReleased(facts, dependency)
        let wait = Wait(facts, dependency)
        where wait is not null
        select wait;

    /// <summary>What can never be waited for: issues that do not exist.</summary>
    public static IReadOnlyList<LintProblem> Missing(IssueFacts facts, Contract contract)
    {
        var missing = contract.DependsOn.Where(d => !IsReleased(facts, d) && State(facts, d) == DependencyState.Missing).ToList();
        return
        [
            .. missing.Select(dependency => new LintProblem(
                "depends_on",
                $"{facts.Number} depends on {dependency}, which does not exist.",
                ContractLint.DependsOn(contract.DependsOn.Except(missing)))),
        ];
    }

    private static DependencyState State(IssueFacts facts, IssueRef dependency) => facts.Dependencies.GetValueOrDefault(dependency);

    private static bool IsReleased(IssueFacts facts, IssueRef dependency) =>
        facts.ReleasedFromAll || (dependency.Repo is null && facts.Released.Contains(dependency.Number));

    private WaitsFor? Wait(IssueFacts facts, IssueRef on)
    {
        var issue = facts.Number;
        IssueNumber? local = on.Repo is null ? on.Number : null;
        var release = $"comment `/dispatch release {issue.Value}`";
        return State(facts, on) switch
        {
            DependencyState.ClosedCompleted or DependencyState.Missing => null,
            DependencyState.ClosedNotPlanned => new WaitsFor(
                local, WaitKind.Dependency,
                $"{issue} depends on {Shown(on)}, which was closed as not planned.",
                $"Take {Shown(on)} out of `depends_on` of {issue} and comment `/dispatch retry` there, or {release}."),
            DependencyState.Unknown => new WaitsFor(
                local, WaitKind.Dependency, $"{issue} depends on {Shown(on)}, whose state could not be found out; it is asked for again."),
            _ when local is null || State(facts, on) == DependencyState.OtherRepository => new WaitsFor(
                local, WaitKind.Person,
                $"{issue} depends on {Shown(on)} in another repository, which is not closed as completed.",
                $"Close {Shown(on)} as completed and comment `/dispatch retry` on {issue}, or {release}."),
            _ => Open(issue, on.Number, release),
        };
    }

    // Another repository's issue must not learn of it by a link.
    private static string Shown(IssueRef on) => on.Repo is null ? on.ToString() : $"`{on}`";

    private WaitsFor Open(IssueNumber issue, IssueNumber on, string release)
    {
        if (live.TryGetValue(on, out var work))
            return work.Stage == LiveStage.Working
                ? new WaitsFor(on, WaitKind.Dependency, $"{issue} depends on {on}, which is being worked on.")
                : new WaitsFor(
                    on, WaitKind.Dependency,
                    $"{issue} depends on {on}, whose change is not merged yet.",
                    $"Merge {work.Pull?.ToString() ?? "its pull request"} so that {on} is closed as completed, or {release}.");
        return planned.Contains(on)
            ? new WaitsFor(on, WaitKind.Dependency, $"{issue} depends on {on}, which comes first.")
            : new WaitsFor(
                on, WaitKind.Dependency,
                $"{issue} depends on {on}, which is open and has not been dispatched.",
                $"Label {on} `agent:go`, close it as completed, or {release}.");
    }
}
