using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.Core.Words;

/// <summary>Why an item ended, and what a person can do about it: one sentence each.</summary>
public static class OutcomeWords
{
    /// <summary>How an outcome begins that no reviewer stands behind.</summary>
    public const string UnreviewedStart = "Unreviewed: ";

    public static string Merged(Item item, string by) => $"{item.Pull} was merged by {by}.";

    public static string PullClosed(Item item, string by) => $"{item.Pull} was closed without merging by {by}; it will not be opened again.";

    public static string BranchDeleted(Item item, string by) => $"The branch {item.Branch} was deleted by {by}; it will not be made again.";

    public static string IssueClosed(string by) => $"The issue was closed by {by}.";

    public static string LabelRemoved(string by) => $"{by} took the state label off, which means stop.";

    public static string Cancelled(string by) => $"Cancelled by {by}.";

    public static string NoAttemptPassed(Item item, IReadOnlyList<GateFinding> findings) =>
        $"No attempt passed the gates ({item.Attempts} made). The last one: {findings.FirstOrDefault()?.Says ?? "no finding was recorded."}";

    public static string GatesDisagree(IReadOnlyList<GateFinding> findings) =>
        $"The runner passed a change that the app's own gates refuse: {findings.FirstOrDefault()?.Says ?? "no finding was recorded."}";

    public static string EveryAttemptFailed(Item item, string what) => $"No attempt brought a change ({item.Attempts} made). The last one: {what}";

    /// <summary>What gates want a person to look at before the merge; null where nothing.</summary>
    public static string? AskPerson(Item item) => item.Questions.Where(q => q.Action == GateAction.AskPerson).ToList() is { Count: > 0 } asked
        ? $"Before you merge {item.Pull}, look at this: {string.Join(" ", asked.Select(q => SafeText.Line(BriefWords.GateFinding(q))))}"
        : null;

    public static string StillBlocked(Item item) => $"The reviewer still asks for changes after {item.Round - item.RoundsFrom} fix rounds.";

    public static string Unreviewed(string why) => $"{UnreviewedStart}{why}";

    public static string MendContract(IssueNumber issue) =>
        $"Change the issue as the comment says, then label {issue} `{StateLabels.Go}` again.";

    public static string LookAndRetry() => "Look at the findings, then comment `/dispatch retry` to go on, or take it from here by hand.";

    public static string BranchIsNotOurs(Item item) =>
        $"Look at the branch `{item.Branch}`, then comment `/dispatch retry`.";

    public static string ReviewOrRetry(Item item) =>
        $"Review {item.Pull} yourself, or give a runner a reviewer from another provider and comment `/dispatch retry`.";

    public static string MendAndRetry(FailureClass failure) => failure switch
    {
        FailureClass.Launch => "Run `muster doctor` on the runner: the agent does not start. Then comment `/dispatch retry`.",
        FailureClass.Login => "Log the agent in on the runner, then comment `/dispatch retry`.",
        FailureClass.GaveUp => "Answer what the agent asks in the issue, then comment `/dispatch retry`.",
        FailureClass.Base => "Mend the base branch or the acceptance command, then comment `/dispatch retry`.",
        FailureClass.Host => "Run `muster doctor` on the runner, then comment `/dispatch retry`.",
        FailureClass.RateLimit => "Wait until the provider's limit resets, then comment `/dispatch retry`.",
        _ => LookAndRetry(),
    };
}
