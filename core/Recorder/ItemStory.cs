using System.Collections.Immutable;

namespace Muster.Core.Recorder;

/// <summary>What the events tell of one item. Null and empty mean that no event said it.</summary>
public sealed record ItemStory
{
    public required IssueNumber Issue { get; init; }

    /// <summary>The first placement: runs, waits, taken or refused.</summary>
    public string? Placement { get; init; }

    public ImmutableArray<IssueNumber> WaitsOn { get; init; } = [];

    public string? Reason { get; init; }

    public string? State { get; init; }

    public string? Outcome { get; init; }

    public string? Attention { get; init; }

    public int? Pull { get; init; }

    /// <summary>Implement jobs of round 0.</summary>
    public int Attempts { get; init; }

    /// <summary>Implement jobs of all rounds.</summary>
    public int ImplementJobs { get; init; }

    /// <summary>Fix rounds that a blocking verdict started.</summary>
    public int Rounds { get; init; }

    public ImmutableArray<FlightEvent.GateRefused> Gates { get; init; } = [];

    public ImmutableArray<PostedReview> Reviews { get; init; } = [];

    public string? LastVerdict { get; init; }

    public ImmutableArray<string> Agents { get; init; } = [];

    public DateTimeOffset? AgentStarted { get; init; }

    public DateTimeOffset? AgentEnded { get; init; }

    /// <summary>When the last agent of this item was started, whatever its role.</summary>
    public DateTimeOffset? LastStart { get; init; }

    public double AgentSeconds { get; init; }

    public int Stalls { get; init; }

    public int Failures { get; init; }

    public ImmutableArray<FlightEvent.PersonActed> Acts { get; init; } = [];

    public int Interventions => Acts.Count(a => a.Intervention);

    public DateTimeOffset? Asked { get; init; }

    /// <summary>When it last changed its state.</summary>
    public DateTimeOffset? Settled { get; init; }
}

/// <summary>A review as it stands on the pull request.</summary>
public sealed record PostedReview(string? State, CommitSha? Commit, string? Author);
