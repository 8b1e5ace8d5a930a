using Muster.Core.Contracts;

namespace Muster.Core.Planning;

public enum LiveStage
{
    /// <summary>An agent, a gate or a reviewer is at it: it takes a slot.</summary>
    Working,

    /// <summary>Passed; its pull request waits for a person to merge it.</summary>
    Ready,

    /// <summary>Parked, but its pull request is still open.</summary>
    Parked,
}

/// <summary>An item of the repository that has begun, whatever its wave: new ones may meet it.</summary>
public sealed record LiveWork(IssueNumber Issue, LiveStage Stage, Contract Contract, PullNumber? Pull = null);
