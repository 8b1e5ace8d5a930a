using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>A repository, its people and its branches.</summary>
public sealed class ReposApi(GitHubClient client)
{
    /// <summary>What this person may do now. Not found: no such person.</summary>
    public Task<Answer<RepoAccess>> PermissionAsync(RepoRef repo, string login, CancellationToken cancellationToken) =>
        client.GetAsync(
            Reading(repo), $"{repo.Path}/collaborators/{Uri.EscapeDataString(login)}/permission", GitHubJson.Default.RepoAccess, cancellationToken);

    /// <summary>Where a branch stands; not found where it does not exist.</summary>
    public async Task<Answer<CommitSha>> BranchAsync(RepoRef repo, string branch, CancellationToken cancellationToken)
    {
        var path = $"{repo.Path}/git/ref/heads/{string.Join('/', branch.Split('/').Select(Uri.EscapeDataString))}";
        return (await client.GetAsync(Reading(repo), path, GitHubJson.Default.GitRef, cancellationToken)).Then<CommitSha>(
            found => found.Target?.Sha is { } sha ? new Answer<CommitSha>.Ok(new CommitSha(sha)) : new Answer<CommitSha>.Unknown("a ref without a commit"));
    }

    /// <summary>An account by its name, with the number that stays the same when the name does not.</summary>
    public Task<Answer<User>> AccountAsync(RepoRef repo, string login, CancellationToken cancellationToken) =>
        client.GetAsync(Reading(repo), $"/users/{Uri.EscapeDataString(login)}", GitHubJson.Default.User, cancellationToken);

    private static Caller.Inside Reading(RepoRef repo) => new(GitHubIdentity.Author, repo, Act.Read);
}
