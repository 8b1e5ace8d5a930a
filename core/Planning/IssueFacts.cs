using Muster.Core.Contracts;

namespace Muster.Core.Planning;

/// <summary>What is known of an issue that another one depends on.</summary>
public enum DependencyState
{
    /// <summary>Nobody could be asked, or the answer made no sense: the issue that depends on it waits.</summary>
    Unknown,
    Open,
    ClosedCompleted,
    ClosedNotPlanned,
    Missing,

    /// <summary>Not closed as completed, and in another repository: nothing here will end it.</summary>
    OtherRepository,
}

/// <summary>Everything the planner may know of one issue that wants to run: new, or placed before and still waiting.</summary>
public sealed record IssueFacts
{
    public required IssueNumber Number { get; init; }

    public string Title { get; init; } = "";

    /// <summary>What <c>ContractReader</c> made of the issue.</summary>
    public required ContractReading Reading { get; init; }

    /// <summary>What <c>ContractLint</c> found in it.</summary>
    public IReadOnlyList<LintProblem> Lint { get; init; } = [];

    /// <summary>1 + earlier items of the issue.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Pull requests that close, name or mention the issue.</summary>
    public IReadOnlyList<ExistingWork> ExistingWork { get; init; } = [];

    /// <summary>State of each entry of <c>depends_on</c>; one that is not in here is unknown.</summary>
    public IReadOnlyDictionary<IssueRef, DependencyState> Dependencies { get; init; } = new Dictionary<IssueRef, DependencyState>();

    /// <summary>A person said <c>/dispatch retry</c>: work by others no longer stands in the way.</summary>
    public bool RunAnyway { get; init; }

    /// <summary>Issues that this one waits for no longer, because a person released it from them.</summary>
    public IReadOnlySet<IssueNumber> Released { get; init; } = new HashSet<IssueNumber>();

    /// <summary>A person released it from everything it waited for.</summary>
    public bool ReleasedFromAll { get; init; }

    /// <summary>Why a person holds it; null when nobody does.</summary>
    public string? Held { get; init; }
}
