namespace Muster.Core.Planning;

/// <summary>The reasons a plan gives, each one sentence that names what it is about.</summary>
internal static class PlanWords
{
    public static string Taken(IssueNumber issue, ExistingWork work) => work.State == WorkState.Merged
        ? $"{issue} was not started, because {work.Pull} is merged and {Belongs(work, issue)}; close {issue}, or comment `/dispatch retry` to run it all the same."
        : $"{issue} was not started, because {work.Pull} is already open and {Belongs(work, issue)}; comment `/dispatch retry` to run it all the same.";

    public static string Mentioned(IssueNumber issue, ExistingWork work) =>
        $"{work.Pull} is open and mentions {issue}, but does not say that it resolves it.";

    public static string Earlier(IssueNumber issue, ExistingWork work) =>
        $"An earlier pull request for {issue}, {work.Pull}, was closed without being merged.";

    public static string UnknownFootprint(IssueNumber issue) =>
        $"Nothing says which files {issue} will touch, so it was planned as if it met no other issue; name them in `scope` to be sure.";

    public static string Refused(IssueNumber issue, int problems) =>
        $"{issue} cannot run as written: {(problems == 1 ? "one thing has" : $"{problems} things have")} to be mended in its contract.";

    public static string Cycle(IssueNumber issue, IReadOnlyList<IssueNumber> ring) =>
        $"{issue} can never start, because {string.Join(", ", ring.SkipLast(1))} and {ring[^1]} depend on each other in a ring.";

    public static string Held(IssueNumber issue, string why) => $"{issue} is held: {why.TrimEnd('.')}.";

    public static string ReleaseHeld(IssueNumber issue) => $"Comment `/dispatch release {issue.Value}` to let {issue} start.";

    public static string Overlap(IssueNumber issue, LiveWork live, string because) => live.Stage == LiveStage.Working
        ? $"{issue} waits for {live.Issue}, which is being worked on, because {because}."
        : $"{issue} waits for {live.Issue}, whose {Pull(live)} is not merged yet, because {because}.";

    public static string Overlap(IssueNumber issue, IssueNumber chosen, string because) => $"{issue} waits for {chosen}, which goes first, because {because}.";

    public static string MergeOrRelease(IssueNumber issue, LiveWork live) =>
        $"Merge or close {(live.Pull is { } pull ? pull.ToString() : $"the pull request of {live.Issue}")}, or comment `/dispatch release {issue.Value}`.";

    public static string Busy(IssueNumber issue, int slots, int maxWave) => slots <= 0
        ? $"{issue} waits for a runner, because none has a slot."
        : slots > maxWave
            ? $"{issue} waits for a slot, because the policy's `max_wave` lets {maxWave} run at once."
            : $"{issue} waits for a slot, because {(slots == 1 ? "the only one is" : $"all {slots} are")} taken.";

    private static string Pull(LiveWork live) => live.Pull is { } pull ? $"pull request {pull}" : "pull request";

    private static string Belongs(ExistingWork work, IssueNumber issue) => work.How switch
    {
        WorkLink.Closes => $"says that it closes {issue}",
        WorkLink.Branch => $"has a branch named after {issue}",
        WorkLink.Title => $"names {issue} in its title",
        _ => $"mentions {issue}",
    };
}
