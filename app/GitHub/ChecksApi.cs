using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>Check runs, by either App.</summary>
public sealed class ChecksApi(GitHubClient client)
{
    public Task<Answer<CheckRun>> CreateAsync(
        GitHubIdentity identity, RepoRef repo, NewCheckRun check, CancellationToken cancellationToken) =>
        client.SendAsync(
            new Caller.Inside(identity, repo, Act.Check), HttpMethod.Post, $"{repo.Path}/check-runs", check,
            GitHubJson.Default.NewCheckRun, GitHubJson.Default.CheckRun, cancellationToken);

    /// <summary>All runs of one name on a commit, whoever made them; superseded ones too.</summary>
    public Task<Answer<IReadOnlyList<CheckRun>>> ListAsync(
        GitHubIdentity identity, RepoRef repo, CommitSha commit, string name, CancellationToken cancellationToken) =>
        client.ListAsync(
            new Caller.Inside(identity, repo, Act.Check),
            $"{repo.Path}/commits/{commit.Value}/check-runs?check_name={Uri.EscapeDataString(name)}&filter=all&per_page=100",
            GitHubJson.Default.CheckRunPage, page => page.CheckRuns, cancellationToken);
}
