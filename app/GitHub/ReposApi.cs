namespace Muster.App.GitHub;

/// <summary>A repository and its people.</summary>
public sealed class ReposApi(GitHubClient client)
{
    /// <summary>What this person may do now. Not found: no such person.</summary>
    public Task<Answer<RepoAccess>> PermissionAsync(RepoRef repo, string login, CancellationToken cancellationToken) =>
        client.GetAsync(
            Reading(repo), $"{repo.Path}/collaborators/{Uri.EscapeDataString(login)}/permission", GitHubJson.Default.RepoAccess, cancellationToken);

    private static Caller.Inside Reading(RepoRef repo) => new(GitHubIdentity.Author, repo, Act.Read);
}
