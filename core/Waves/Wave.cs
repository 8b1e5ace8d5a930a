namespace Muster.Core.Waves;

public enum WaveState
{
    /// <summary>Open for triggers; nothing is planned yet.</summary>
    Gathering,
    Running,

    /// <summary>Its retro is filed; items that still live go on, and the retro is edited when they end.</summary>
    Closed,
}

/// <summary>All that was asked of one repository within one gathering, and all that joined it before it came to rest.</summary>
public sealed record Wave
{
    public required WaveId Id { get; init; }

    public required RepoId Repo { get; init; }

    public required DateTimeOffset Opened { get; init; }

    public required string OpenedBy { get; init; }

    /// <summary>The issue that carries the status comment.</summary>
    public required IssueNumber StatusIssue { get; init; }

    public required DateTimeOffset LastTrigger { get; init; }

    public WaveState State { get; init; } = WaveState.Gathering;

    /// <summary>Rises with each plan.</summary>
    public int Revision { get; init; }

    /// <summary>Rises whenever its items may stand differently.</summary>
    public int PlansWanted { get; init; }

    /// <summary>How far plans have answered <see cref="PlansWanted"/>; what was wanted while one was made is still due.</summary>
    public int PlansMade { get; init; }

    /// <summary>Gathering ends at once: somebody asked for all there is.</summary>
    public bool Hurried { get; init; }

    /// <summary>Whether a new plan is due.</summary>
    public bool Replan => PlansWanted > PlansMade;

    /// <summary>The policy wants no retro.</summary>
    public bool WithoutRetro { get; init; }

    /// <summary>What is wrong with the repository's policy file, a sentence each.</summary>
    public IReadOnlyList<string> PolicyProblems { get; init; } = [];

    /// <summary>Since when nothing moves; null while something does.</summary>
    public DateTimeOffset? RestSince { get; init; }

    public DateTimeOffset? Closed { get; init; }

    public IssueNumber? Retro { get; init; }
}
