using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>The comments of issues, and of pull requests, which GitHub counts as issues here.</summary>
public sealed class CommentsApi(GitHubClient client)
{
    /// <summary>Oldest first.</summary>
    /// <param name="since">Only those touched at or after this moment.</param>
    public Task<Answer<IReadOnlyList<Comment>>> ListAsync(
        RepoRef repo, IssueNumber issue, DateTimeOffset? since, CancellationToken cancellationToken) =>
        client.ListAsync(
            new Caller.Inside(GitHubIdentity.Author, repo, Act.Read),
            $"{repo.Path}/issues/{issue.Value}/comments?per_page=100{(since is { } from ? $"&since={from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : "")}",
            GitHubJson.Default.IReadOnlyListComment, cancellationToken);

    public Task<Answer<Comment>> CreateAsync(RepoRef repo, IssueNumber issue, string body, CancellationToken cancellationToken) =>
        client.SendAsync(
            Speaking(repo), HttpMethod.Post, $"{repo.Path}/issues/{issue.Value}/comments", new CommentText(body),
            GitHubJson.Default.CommentText, GitHubJson.Default.Comment, cancellationToken);

    public Task<Answer<Comment>> EditAsync(RepoRef repo, long comment, string body, CancellationToken cancellationToken) =>
        client.SendAsync(
            Speaking(repo), HttpMethod.Patch, $"{repo.Path}/issues/comments/{comment}", new CommentText(body),
            GitHubJson.Default.CommentText, GitHubJson.Default.Comment, cancellationToken);

    public Task<Answer<Done>> DeleteAsync(RepoRef repo, long comment, CancellationToken cancellationToken) =>
        client.DoAsync(Speaking(repo), HttpMethod.Delete, $"{repo.Path}/issues/comments/{comment}", null, cancellationToken);

    private static Caller.Inside Speaking(RepoRef repo) => new(GitHubIdentity.Author, repo, Act.Speak);
}
