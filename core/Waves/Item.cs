using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Core.Waves;

/// <summary>Where an item stands. The first seven are live, the last four are ends.</summary>
public enum ItemState
{
    /// <summary>Accepted, not yet placed by a plan.</summary>
    Proposed,
    Waiting,
    Implementing,

    /// <summary>The commit is pushed; the pull request is being opened.</summary>
    Publishing,
    Judging,
    Fixing,

    /// <summary>Passed muster; a person may merge.</summary>
    Ready,
    Merged,
    Parked,
    Superseded,
    Cancelled,
}

/// <summary>One issue in one wave. Immutable: <c>Transitions</c> makes the next one.</summary>
public sealed record Item
{
    public required ItemId Id { get; init; }

    public required WaveId Wave { get; init; }

    public required RepoId Repo { get; init; }

    public required IssueNumber Issue { get; init; }

    /// <summary>1 + earlier items of the issue; part of the branch's name, so that a new try never meets an old branch.</summary>
    public required int Generation { get; init; }

    public required Snapshot Snapshot { get; init; }

    public ItemState State { get; init; } = ItemState.Proposed;

    /// <summary>Why it ended, in one sentence; null while live.</summary>
    public string? Outcome { get; init; }

    /// <summary>What it wants from a person, in one sentence; null where nothing.</summary>
    public string? Attention { get; init; }

    /// <summary>A person asked to run it all the same: existing work is not looked at.</summary>
    public bool Forced { get; init; }

    /// <summary>Who shall write it, where the command that asked said so; null leaves it to the contract.</summary>
    public AgentChoice? Wish { get; init; }

    /// <summary>Issues whose overlap or dependency a person waived.</summary>
    public IReadOnlyList<IssueNumber> Released { get; init; } = [];

    /// <summary>A person waived everything it waits for.</summary>
    public bool ReleasedFromAll { get; init; }

    /// <summary>The first placement a plan gave: runs, waits, taken or refused.</summary>
    public string? FirstPlacement { get; init; }

    /// <summary>Why it stands where it stands, in the plan's words.</summary>
    public string? Reason { get; init; }

    public IReadOnlyList<IssueNumber> WaitsOn { get; init; } = [];

    /// <summary>The default branch's head when it was released; the change is measured against it.</summary>
    public CommitSha? Base { get; init; }

    /// <summary>What it was placed to run under; null before that.</summary>
    public Terms? Terms { get; init; }

    /// <summary>What the acceptance commands showed for the newest head, a sentence each.</summary>
    public IReadOnlyList<string> Proof { get; init; } = [];

    /// <summary>What gates found in the newest head without refusing it: the reviewer is asked about these, a person about those that say so.</summary>
    public IReadOnlyList<GateFinding> Questions { get; init; } = [];

    /// <summary>The newest commit that passed the gates.</summary>
    public CommitSha? Head { get; init; }

    public PullNumber? Pull { get; init; }

    public bool PullOpen { get; init; }

    /// <summary>0 makes the pull request; each blocking verdict starts one more.</summary>
    public int Round { get; init; }

    /// <summary>The round that the allowance of fix rounds counts from; a person's retry moves it.</summary>
    public int RoundsFrom { get; init; }

    /// <summary>Implement jobs in this round, the current one included.</summary>
    public int Attempt { get; init; }

    /// <summary>Implement jobs that counted, over all rounds.</summary>
    public int Attempts { get; init; }

    /// <summary>Review jobs for the current head.</summary>
    public int ReviewAttempt { get; init; }

    /// <summary>Retries that cost no attempt: the host or the provider failed, not the work.</summary>
    public int FreeRetries { get; init; }

    /// <summary>What independence is judged by: everybody who wrote a commit of the pull request.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>What this round has to mend; each of its attempts is told.</summary>
    public IReadOnlyList<string> ToMend { get; init; } = [];

    public bool IsLive => State < ItemState.Merged;

    public string Branch => $"muster/{Issue.Value}/{Generation}";
}

/// <summary>What was asked, fixed at the moment of asking: later edits of the issue do not reach the agent.</summary>
/// <param name="At">The trigger's own time.</param>
/// <param name="Comments">Those of people with write access, made and last edited before the trigger.</param>
public sealed record Snapshot(string Title, string Body, string Author, DateTimeOffset At, string TriggeredBy, IReadOnlyList<SnapshotComment> Comments);

/// <summary>A comment as it stood when work was asked for.</summary>
public sealed record SnapshotComment(string Author, string Body);

/// <summary>
/// What an item runs under, fixed when it is placed: author, gates and reviewer get the same, whatever changes meanwhile.
/// </summary>
/// <param name="Hash">Of the contract.</param>
/// <param name="Minutes">The wall limit of one agent run.</param>
/// <param name="Notes">What the plan found that an author should know.</param>
/// <param name="BaseBranch">The branch that the pull request goes to.</param>
/// <param name="Limits">How much work it may cost, by the policy of that moment.</param>
public sealed record Terms(Contract Contract, string Hash, GateRules Gates, int Minutes, IReadOnlyList<string> Notes, string BaseBranch, WorkLimits Limits);
