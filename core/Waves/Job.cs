using Muster.Core.Wire;

namespace Muster.Core.Waves;

public enum JobState
{
    Queued,
    Leased,

    /// <summary>Its report was taken.</summary>
    Settled,

    /// <summary>Given up: cancelled, or out of tries.</summary>
    Dead,
}

/// <summary>One piece of work for a runner.</summary>
public sealed record Job
{
    public required JobId Id { get; init; }

    public required ItemId Item { get; init; }

    public required WaveId Wave { get; init; }

    public required RepoId Repo { get; init; }

    public required IssueNumber Issue { get; init; }

    public required JobWanted Wanted { get; init; }

    public required DateTimeOffset Created { get; init; }

    public JobState State { get; init; } = JobState.Queued;

    public Epoch Epoch { get; init; }

    public string? Runner { get; init; }

    /// <summary>The id of the agent that plays it, out of its runner's list; set by the claim.</summary>
    public string? Agent { get; init; }

    /// <summary>The playing agent's provider or executable; independence is judged by it.</summary>
    public string? Identity { get; init; }

    public DateTimeOffset? LeaseEnds { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The commit whose push the app allowed to this epoch; null where none was.</summary>
    public CommitSha? Pushing { get; init; }

    /// <summary>How often a lease was lost; too many and the job is dead, with a word to a person.</summary>
    public int LostLeases { get; init; }
}

/// <summary>What a transition wants a runner to do.</summary>
/// <param name="Start">The commit to work from, or to read for a review.</param>
/// <param name="Feedback">Findings of gates or reviewer that the brief carries.</param>
/// <param name="Authors">For a review: who wrote any of it, and so may not bless it.</param>
/// <param name="DelaySeconds">Not to be started earlier than this many seconds from now.</param>
public sealed record JobWanted(
    JobKind Kind,
    int Round,
    int Attempt,
    CommitSha Base,
    CommitSha Start,
    IReadOnlyList<string> Feedback,
    IReadOnlyList<string> Authors,
    int DelaySeconds = 0);
