using Muster.App.GitHub;
using Muster.App.Webhooks;

namespace Muster.App.Intake;

/// <summary>Which handler takes which event: the intake's table of contents.</summary>
internal sealed class EventHandlers(IssueHandler issues, CommentHandler comments, PullHandler pulls)
{
    private static readonly Taken Meaningless = new Taken.Nothing("It changes nothing here.");

    public Task<Taken> TakeAsync(string name, Payload payload, CancellationToken cancellationToken) => (name, payload) switch
    {
        ("issues", { Action: "labeled", Issue: { } issue, Label: { } label }) => issues.LabeledAsync(payload, issue, label, cancellationToken),
        ("issues", { Action: "unlabeled", Issue: { } issue, Label: { } label }) => issues.UnlabeledAsync(payload, issue, label, cancellationToken),
        ("issues", { Action: "closed", Issue: { } issue }) => issues.ClosedAsync(payload, issue, cancellationToken),
        ("issue_comment", { Action: "created", Issue: { } issue, Comment: { } comment }) => comments.CreatedAsync(payload, issue, comment, cancellationToken),
        ("pull_request", { Action: "closed", PullRequest: { } pull }) => pulls.ClosedAsync(payload, pull, cancellationToken),
        ("delete", { RefType: "branch", Ref: { } branch }) => pulls.BranchDeletedAsync(payload, branch, cancellationToken),
        _ => Task.FromResult(Meaningless),
    };
}

/// <summary>Who did it, as people write them.</summary>
internal static class Senders
{
    public static string Login(this Payload payload) => payload.Sender?.Login ?? "somebody";

    /// <summary>Machines never command: an account that is no person is left unanswered.</summary>
    public static bool IsPerson(this Payload payload) => payload.Sender is { IsPerson: true, Login: not null };

    public static bool Is(this Label label, string name) => string.Equals(label.Name, name, StringComparison.OrdinalIgnoreCase);
}
