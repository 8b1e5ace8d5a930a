using System.Text.Json;
using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>Issues, their labels, reactions and history.</summary>
public sealed class IssuesApi(GitHubClient client)
{
    public Task<Answer<Issue>> GetAsync(RepoRef repo, IssueNumber issue, CancellationToken cancellationToken) =>
        client.GetAsync(Reading(repo), Path(repo, issue), GitHubJson.Default.Issue, cancellationToken);

    /// <summary>All open issues, without the pull requests that GitHub lists among them.</summary>
    public Task<Answer<IReadOnlyList<Issue>>> OpenAsync(RepoRef repo, CancellationToken cancellationToken) =>
        ListAsync(repo, "state=open", cancellationToken);

    /// <summary>Open and closed issues with this label, made by this account: complete, unlike a search, which lags.</summary>
    public Task<Answer<IReadOnlyList<Issue>>> ByLabelAsync(RepoRef repo, string label, string? creator, CancellationToken cancellationToken) =>
        ListAsync(
            repo,
            $"state=all&labels={Uri.EscapeDataString(label)}{(creator is null ? "" : $"&creator={Uri.EscapeDataString(creator)}")}",
            cancellationToken);

    public Task<Answer<Issue>> CreateAsync(RepoRef repo, NewIssue issue, CancellationToken cancellationToken) =>
        client.SendAsync(
            Speaking(repo), HttpMethod.Post, $"{repo.Path}/issues", issue, GitHubJson.Default.NewIssue, GitHubJson.Default.Issue,
            cancellationToken);

    public async Task<Answer<Issue>> EditAsync(RepoRef repo, IssueNumber issue, IssueEdit edit, CancellationToken cancellationToken) =>
        (await client.SendAsync(
            Speaking(repo), HttpMethod.Patch, Path(repo, issue), edit, GitHubJson.Default.IssueEdit, GitHubJson.Default.Issue,
            cancellationToken)).Then<Issue>(edited =>
                // A body that is too long is answered with 200 and the old body: only reading it back tells.
                edit.Body is null || Same(edit.Body, edited.Body)
                    ? new Answer<Issue>.Ok(edited)
                    : new Answer<Issue>.Refused(422, "GitHub kept the old text of the issue"));

    public Task<Answer<IReadOnlyList<TimelineEvent>>> TimelineAsync(RepoRef repo, IssueNumber issue, CancellationToken cancellationToken) =>
        client.ListAsync(
            Reading(repo), $"{Path(repo, issue)}/timeline?per_page=100", GitHubJson.Default.IReadOnlyListTimelineEvent, cancellationToken);

    /// <summary>The issues that this one waits for; not found on a server that knows no dependencies.</summary>
    public Task<Answer<IReadOnlyList<Issue>>> BlockedByAsync(RepoRef repo, IssueNumber issue, CancellationToken cancellationToken) =>
        client.ListAsync(
            Reading(repo), $"{Path(repo, issue)}/dependencies/blocked_by?per_page=100", GitHubJson.Default.IReadOnlyListIssue, cancellationToken);

    public Task<Answer<IReadOnlyList<Label>>> LabelsAsync(RepoRef repo, IssueNumber issue, CancellationToken cancellationToken) =>
        client.ListAsync(
            Reading(repo), $"{Path(repo, issue)}/labels?per_page=100", GitHubJson.Default.IReadOnlyListLabel, cancellationToken);

    /// <summary>Puts labels on; one that is there already stays, one that the repository lacks is made.</summary>
    public Task<Answer<Done>> AddLabelsAsync(RepoRef repo, IssueNumber issue, IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        client.DoAsync(
            Speaking(repo), HttpMethod.Post, $"{Path(repo, issue)}/labels",
            JsonSerializer.SerializeToUtf8Bytes(new LabelNames(labels), GitHubJson.Default.LabelNames), cancellationToken);

    /// <summary>Takes a label off; not found where it is not on.</summary>
    public Task<Answer<Done>> RemoveLabelAsync(RepoRef repo, IssueNumber issue, string label, CancellationToken cancellationToken) =>
        client.DoAsync(
            Speaking(repo), HttpMethod.Delete, $"{Path(repo, issue)}/labels/{Uri.EscapeDataString(label)}", null, cancellationToken);

    /// <summary>Reacts to an issue, or to one of its comments. Doing it twice changes nothing.</summary>
    public Task<Answer<Done>> ReactAsync(RepoRef repo, IssueNumber issue, long? comment, string content, CancellationToken cancellationToken) =>
        client.DoAsync(
            Speaking(repo), HttpMethod.Post,
            comment is { } id ? $"{repo.Path}/issues/comments/{id}/reactions" : $"{Path(repo, issue)}/reactions",
            JsonSerializer.SerializeToUtf8Bytes(new ReactionContent(content), GitHubJson.Default.ReactionContent), cancellationToken);

    private async Task<Answer<IReadOnlyList<Issue>>> ListAsync(RepoRef repo, string query, CancellationToken cancellationToken) =>
        (await client.ListAsync(
            Reading(repo), $"{repo.Path}/issues?{query}&per_page=100", GitHubJson.Default.IReadOnlyListIssue, cancellationToken))
        .Select<IReadOnlyList<Issue>>(all => [.. all.Where(issue => !issue.IsPull)]);

    private static bool Same(string sent, string? kept) => sent.ReplaceLineEndings("\n").Trim() == (kept ?? "").ReplaceLineEndings("\n").Trim();

    private static string Path(RepoRef repo, IssueNumber issue) => $"{repo.Path}/issues/{issue.Value}";

    private static Caller.Inside Reading(RepoRef repo) => new(GitHubIdentity.Author, repo, Act.Read);

    private static Caller.Inside Speaking(RepoRef repo) => new(GitHubIdentity.Author, repo, Act.Speak);
}
