using Muster.Core.Contracts;
using Muster.Core.Review;
using Muster.Core.Wire;

namespace Muster.Core.Waves;

/// <summary>Everything that can happen to an item: the closed input of <c>Transitions</c>.</summary>
public abstract record ItemEvent
{
    private ItemEvent()
    {
    }

    /// <summary>A plan lets it run on this base.</summary>
    public sealed record PlacedRuns(CommitSha Base, string Reason, Terms Terms) : ItemEvent;

    /// <param name="On">The issues it waits for; empty where it waits for capacity.</param>
    /// <param name="Attention">What only a person can do about it; null where it resolves by itself.</param>
    public sealed record PlacedWaits(IReadOnlyList<IssueNumber> On, string Reason, string? Attention) : ItemEvent;

    /// <summary>Somebody's pull request already does it, or did.</summary>
    public sealed record PlacedTaken(PullNumber Pull, bool Merged, string Reason) : ItemEvent;

    /// <summary>It cannot run as written. <paramref name="Fix"/> is what to change, ready to paste.</summary>
    public sealed record PlacedRefused(string Reason, string Fix) : ItemEvent;

    /// <summary>The gates passed, on the runner and again on the app, and the commit stands on the branch.</summary>
    public sealed record WorkPassed(CommitSha Head, string AuthorIdentity, IReadOnlyList<string> Proof, IReadOnlyList<GateFinding> Questions) : ItemEvent;

    /// <summary>The runner's gates passed what the app's own run of them refuses: nothing is opened.</summary>
    public sealed record GatesDisagree(GateVerdict Gates) : ItemEvent;

    public sealed record WorkRefused(GateVerdict Gates) : ItemEvent;

    /// <summary>An implement job ended without a change to judge.</summary>
    public sealed record WorkFailed(FailureClass Class, string What) : ItemEvent;

    /// <summary>Somebody else's commit stands on our branch.</summary>
    public sealed record PushLost(string What) : ItemEvent;

    public sealed record PullOpened(PullNumber Pull) : ItemEvent;

    /// <summary>GitHub refused to open it, for good.</summary>
    public sealed record PullNotOpened(string Why) : ItemEvent;

    public sealed record Judged(Verdict Verdict) : ItemEvent;

    /// <summary>A review job ended without an answer.</summary>
    public sealed record ReviewFailed(FailureClass Class, string What) : ItemEvent;

    /// <summary>GitHub will not post the verdict or take the draft mark off: what passed is not shown as passed.</summary>
    public sealed record VerdictNotShown(string Why) : ItemEvent;

    public sealed record PullMerged(string By) : ItemEvent;

    public sealed record PullClosed(string By) : ItemEvent;

    public sealed record BranchDeleted(string By) : ItemEvent;

    public sealed record IssueClosed(string By) : ItemEvent;

    public sealed record StateLabelRemoved(string By) : ItemEvent;

    public sealed record CancelAsked(string By) : ItemEvent;

    /// <summary>A person wants a parked item with an open pull request to go on.</summary>
    public sealed record ContinueAsked(string By) : ItemEvent;

    /// <summary>A person asked anew for what has not started yet: it is planned again, with the text of now and whatever work exists.</summary>
    public sealed record AskedAgain(Snapshot Snapshot, AgentChoice? Wish) : ItemEvent;

    /// <summary>A person waives waiting for these; empty = for all.</summary>
    public sealed record ReleaseAsked(string By, IReadOnlyList<IssueNumber> From) : ItemEvent;
}
