using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>Reviews of pull requests, by either App.</summary>
public sealed class ReviewsApi(GitHubClient client)
{
    /// <summary>All reviews, oldest first.</summary>
    public Task<Answer<IReadOnlyList<Review>>> ListAsync(RepoRef repo, PullNumber pull, CancellationToken cancellationToken) =>
        client.ListAsync(
            new Caller.Inside(GitHubIdentity.Author, repo, Act.Read), $"{Path(repo, pull)}?per_page=100",
            GitHubJson.Default.IReadOnlyListReview, cancellationToken);

    /// <summary>Refused with 422 where the reviewer is the author, or a remark names a line that is not in the diff.</summary>
    public Task<Answer<Review>> CreateAsync(
        GitHubIdentity identity, RepoRef repo, PullNumber pull, NewReview review, CancellationToken cancellationToken) =>
        client.SendAsync(
            new Caller.Inside(identity, repo, Act.Review), HttpMethod.Post, Path(repo, pull), review,
            GitHubJson.Default.NewReview, GitHubJson.Default.Review, cancellationToken);

    /// <summary>Takes a review's verdict back. Only approvals and requests for changes have one.</summary>
    public Task<Answer<Review>> DismissAsync(
        GitHubIdentity identity, RepoRef repo, PullNumber pull, long review, string message, CancellationToken cancellationToken) =>
        client.SendAsync(
            new Caller.Inside(identity, repo, Act.Review), HttpMethod.Put, $"{Path(repo, pull)}/{review}/dismissals",
            new Dismissal(message), GitHubJson.Default.Dismissal, GitHubJson.Default.Review, cancellationToken);

    private static string Path(RepoRef repo, PullNumber pull) => $"{repo.Path}/pulls/{pull.Value}/reviews";
}
