using Muster.Core.Commands;
using Muster.Core.Waves;

namespace Muster.Core.Words;

/// <summary>Answers to commands: every command of a writer gets one.</summary>
public static class ReplyWords
{
    public static string NotAllowed(string login, string what) =>
        $"{SafeText.Code(login)}, {what} needs write access to this repository, so nothing was started. Ask somebody who has it.";

    public static string AlreadyLive(Item item) =>
        $"{item.Issue} is already {State(item)}, so this changes nothing. `/dispatch cancel` stops it.";

    public static string NoIssue(IssueNumber number) => $"{number} is a pull request, not an issue, so nothing was started. Say it on the issue that it is about.";

    public static string PlannedAgain(Item item) => $"{item.Issue} is planned again, with its text as it stands now.";

    public static string GoesOn(Item item) => $"{item.Issue} goes on with {item.Pull}.";

    public static string Cancelled(Item item) => $"{item.Issue} is cancelled. Its branch `{item.Branch}` stays as it is.";

    public static string NothingToCancel(IssueNumber issue) => $"Nothing is at work on {issue}, so there is nothing to cancel.";

    public static string Released(Item item) => $"{item.Issue} no longer waits for {Waited(item)}. It starts as soon as a runner is free.";

    public static string NotWaiting(IssueNumber issue) => $"{issue} does not wait for anything, so there is nothing to release.";

    public static string Paused(string? until) => $"Paused: runners finish what they have and claim nothing new{until}. `/dispatch resume` lifts it.";

    public static string PauseOver() => "GitHub told of this so late that the pause is over already, so nothing was paused. Say it again if you still want it.";

    public static string Resumed(int pauses) => pauses > 0 ? "Resumed: runners claim work again." : "Nothing was paused, so nothing changed.";

    public static string NothingClean(string? label) =>
        $"No open issue{(label is null ? "" : $" with the label {SafeText.Code(label)}")} could be started: each is at work already or its contract does not lint clean.";

    public static string StartedAll(IReadOnlyList<IssueNumber> issues, int leftOut) =>
        $"Started {string.Join(", ", issues)}.{(leftOut > 0 ? $" {leftOut} more are over the policy's `max_wave` and wait for another `/dispatch all`." : "")}";

    public static string Later(string name) => $"`/dispatch {name}` comes later; it does nothing yet. `/dispatch help` lists what works.";

    public static string Unknown(Command.Unknown command) => command.Word.Length == 0
        ? "This command is not complete. `/dispatch help` lists them all."
        : $"{SafeText.Code(command.Word)} is no command{(command.Nearest is { } near ? $"; did you mean `/dispatch {near}`?" : ".")} `/dispatch help` lists them all.";

    public static string Overtaken() => "Something that was said after this arrived before it and stands, so this changes nothing. Say it again if you still want it.";

    public static string NotThere(IssueNumber issue) => $"GitHub does not show {issue} to this App, so nothing was started.";

    public static string NotStartable(IssueNumber issue, bool pull) => pull
        ? $"{issue} is a pull request that is not Muster's, so there is no issue to start. Comment on the issue instead."
        : $"{issue} is closed, so nothing was started. Reopen it first.";

    /// <summary>The text may not be the one that was there when somebody asked.</summary>
    public static string Touched(IReadOnlyList<IssueNumber> issues) =>
        $"{string.Join(", ", issues)} {(issues.Count == 1 ? "was" : "were")} touched after you asked, so {(issues.Count == 1 ? "it was" : "they were")} left out. Read again what stands there, then ask again.";

    public static string NoWave() => "Nothing was dispatched in this repository yet. Label an issue `agent:go` or comment `/dispatch` on one.";

    private static string State(Item item) => item.State.ToString().ToLowerInvariant();

    private static string Waited(Item item) => item.WaitsOn.Count == 0 ? "anything" : string.Join(", ", item.WaitsOn);
}
