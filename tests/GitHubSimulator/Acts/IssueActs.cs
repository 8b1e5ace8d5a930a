using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>What can happen to an issue, each with its line in the timeline and its webhook.</summary>
internal static class IssueActs
{
    public static Issue OpenIssue(this Simulation sim, Repository repository, By by, string title, string? body, IEnumerable<string> labels)
    {
        var issue = sim.NewIssue(repository, by, title, body);
        sim.AnnounceIssue(repository, issue, "opened", by);
        foreach (var label in labels)
            sim.AddLabel(repository, issue, label, by);
        sim.CrossReference(repository, issue, body, by);
        return issue;
    }

    /// <summary>The next number, shared by issues and pull requests.</summary>
    public static Issue NewIssue(this Simulation sim, Repository repository, By by, string title, string? body)
    {
        var now = sim.World.Now;
        var issue = new Issue
        {
            Id = sim.World.NextId(),
            Number = repository.Issues.Count == 0 ? 1 : repository.Issues.Keys.Max() + 1,
            Author = by,
            CreatedAt = now,
            UpdatedAt = now,
            Title = title,
            Body = body,
        };
        repository.Issues.Add(issue.Number, issue);
        return issue;
    }

    public static void EditIssue(this Simulation sim, Repository repository, Issue issue, string? title, (bool Given, string? Text) body, By by)
    {
        var changes = new JsonObject();
        if (title is not null && title != issue.Title)
        {
            var from = issue.Title;
            changes["title"] = new JsonObject { ["from"] = from };
            issue.Title = title;
            sim.Note(issue, "renamed", by, () => new JsonObject { ["rename"] = new JsonObject { ["from"] = from, ["to"] = title } });
        }

        if (body.Given && body.Text != issue.Body)
        {
            changes["body"] = new JsonObject { ["from"] = issue.Body ?? "" };
            issue.Body = body.Text;
            sim.CrossReference(repository, issue, body.Text, by);
        }

        if (changes.Count == 0)
            return;
        issue.UpdatedAt = sim.World.Now;
        sim.AnnounceIssue(repository, issue, "edited", by, p => p["changes"] = changes);
    }

    public static void CloseIssue(this Simulation sim, Repository repository, Issue issue, string? reason, By by, string? commit = null)
    {
        if (!issue.Open)
            return;
        issue.Open = false;
        issue.StateReason = issue.Pull is null ? reason ?? "completed" : null;
        issue.ClosedAt = issue.UpdatedAt = sim.World.Now;
        issue.ClosedBy = by.User;
        sim.Note(issue, "closed", by, () => new JsonObject { ["state_reason"] = issue.StateReason, ["commit_id"] = commit });
        sim.AnnounceIssue(repository, issue, "closed", by);
    }

    public static void ReopenIssue(this Simulation sim, Repository repository, Issue issue, By by)
    {
        if (issue.Open)
            return;
        issue.Open = true;
        issue.StateReason = issue.Pull is null ? "reopened" : null;
        issue.ClosedAt = null;
        issue.ClosedBy = null;
        issue.UpdatedAt = sim.World.Now;
        sim.Note(issue, "reopened", by);
        sim.AnnounceIssue(repository, issue, "reopened", by);
    }

    public static void AddLabel(this Simulation sim, Repository repository, Issue issue, string name, By by)
    {
        if (issue.Labels.Exists(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return;
        if (!repository.Labels.TryGetValue(name, out var label))
        {
            label = new Label { Id = sim.World.NextId(), Name = name, Color = "ededed" };
            repository.Labels.Add(name, label);
        }

        issue.Labels.Add(label);
        issue.UpdatedAt = sim.World.Now;
        sim.Note(issue, "labeled", by, () => LabelDetails(label));
        sim.AnnounceIssue(repository, issue, "labeled", by, p => p["label"] = LabelJson.Of(sim.World, repository, label));
    }

    public static bool RemoveLabel(this Simulation sim, Repository repository, Issue issue, string name, By by)
    {
        if (issue.Labels.Find(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } label)
            return false;
        issue.Labels.Remove(label);
        issue.UpdatedAt = sim.World.Now;
        sim.Note(issue, "unlabeled", by, () => LabelDetails(label));
        sim.AnnounceIssue(repository, issue, "unlabeled", by, p => p["label"] = LabelJson.Of(sim.World, repository, label));
        return true;
    }

    public static void SetLabels(this Simulation sim, Repository repository, Issue issue, IReadOnlyList<string> names, By by)
    {
        foreach (var label in issue.Labels.Where(l => !names.Contains(l.Name, StringComparer.OrdinalIgnoreCase)).ToList())
            sim.RemoveLabel(repository, issue, label.Name, by);
        foreach (var name in names)
            sim.AddLabel(repository, issue, name, by);
    }

    public static Comment AddComment(this Simulation sim, Repository repository, Issue issue, string body, By by)
    {
        var now = sim.World.Now;
        var comment = new Comment { Id = sim.World.NextId(), Issue = issue, Author = by, CreatedAt = now, UpdatedAt = now, Body = body };
        issue.Comments.Add(comment);
        issue.UpdatedAt = now;
        sim.Note(issue, "commented", by, () => Commented(sim, repository, comment), comment.Id);
        sim.AnnounceComment(repository, comment, "created", by);
        sim.CrossReference(repository, issue, body, by);
        return comment;
    }

    public static void EditComment(this Simulation sim, Repository repository, Comment comment, string body, By by)
    {
        if (comment.Body == body)
            return;
        var from = comment.Body;
        comment.Body = body;
        comment.UpdatedAt = sim.World.Now;
        sim.AnnounceComment(
            repository, comment, "edited", by, p => p["changes"] = new JsonObject { ["body"] = new JsonObject { ["from"] = from } });
        sim.CrossReference(repository, comment.Issue, body, by);
    }

    public static void DeleteComment(this Simulation sim, Repository repository, Comment comment, By by)
    {
        comment.Issue.Comments.Remove(comment);
        comment.Issue.Timeline.RemoveAll(t => t.Event == "commented" && t.Id == comment.Id);
        sim.AnnounceComment(repository, comment, "deleted", by);
    }

    public static void Note(this Simulation sim, Issue issue, string name, By by, Func<JsonObject>? details = null, long? id = null) =>
        issue.Timeline.Add(new TimelineEntry(id ?? sim.World.NextId(), name, by, sim.World.Now, details ?? (() => [])));

    /// <summary>An issue's event, or the pull request's where the issue is one: GitHub sends exactly one of them.</summary>
    private static void AnnounceIssue(
        this Simulation sim, Repository repository, Issue issue, string action, By by, Action<JsonObject>? more = null)
    {
        if (issue.Pull is { } pull)
        {
            sim.AnnouncePull(repository, pull, action, by, more);
            return;
        }

        sim.Announce.Say(repository, "issues", action, by, payload =>
        {
            payload["issue"] = IssueJson.Announced(sim.World, repository, issue);
            more?.Invoke(payload);
        });
    }

    private static void AnnounceComment(
        this Simulation sim, Repository repository, Comment comment, string action, By by, Action<JsonObject>? more = null) =>
        sim.Announce.Say(repository, "issue_comment", action, by, payload =>
        {
            payload["issue"] = IssueJson.Announced(sim.World, repository, comment.Issue);
            payload["comment"] = IssueJson.Comment(sim.World, repository, comment);
            more?.Invoke(payload);
        });

    private static JsonObject LabelDetails(Label label) =>
        new() { ["label"] = new JsonObject { ["name"] = label.Name, ["color"] = label.Color } };

    private static JsonObject Commented(Simulation sim, Repository repository, Comment comment) =>
        IssueJson.Comment(sim.World, repository, comment);
}
