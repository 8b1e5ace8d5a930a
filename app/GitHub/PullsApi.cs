using Muster.Core;

namespace Muster.App.GitHub;

/// <param name="AlreadyThere">One stood open for this branch; it was not made now.</param>
public sealed record OpenedPull(Pull Pull, bool AlreadyThere);

/// <summary>Pull requests.</summary>
public sealed class PullsApi(GitHubClient client)
{
    public Task<Answer<Pull>> GetAsync(RepoRef repo, PullNumber pull, CancellationToken cancellationToken) =>
        client.GetAsync(Reading(repo), $"{repo.Path}/pulls/{pull.Value}", GitHubJson.Default.Pull, cancellationToken);

    /// <summary>All in a state, with their bodies.</summary>
    /// <param name="state"><c>open</c>, <c>closed</c> or <c>all</c>.</param>
    public Task<Answer<IReadOnlyList<Pull>>> ListAsync(RepoRef repo, string state, CancellationToken cancellationToken) =>
        QueryAsync(repo, $"state={state}", cancellationToken);

    /// <summary>The hundred that were closed or touched last of those that are closed.</summary>
    public Task<Answer<IReadOnlyList<Pull>>> NewestClosedAsync(RepoRef repo, CancellationToken cancellationToken) =>
        client.GetAsync(
            Reading(repo), $"{repo.Path}/pulls?state=closed&sort=updated&direction=desc&per_page=100", GitHubJson.Default.IReadOnlyListPull, cancellationToken);

    /// <summary>Those from a branch of this repository, in any state.</summary>
    public Task<Answer<IReadOnlyList<Pull>>> FromBranchAsync(RepoRef repo, string branch, CancellationToken cancellationToken) =>
        QueryAsync(repo, $"state=all&head={Uri.EscapeDataString($"{repo.Name.Owner}:{branch}")}", cancellationToken);

    /// <summary>
    /// Opens a pull request, or finds the one that stands open for its branch. Where the repository refuses drafts it
    /// is a normal one; its <see cref="Pull.Draft"/> says which.
    /// </summary>
    public async Task<Answer<OpenedPull>> OpenAsync(RepoRef repo, NewPull pull, CancellationToken cancellationToken)
    {
        var created = await CreateAsync(repo, pull, cancellationToken);
        if (created is not Answer<Pull>.Refused { Status: 422 })
            return created.Select(made => new OpenedPull(made, AlreadyThere: false));

        // 422 has many reasons, told apart by prose that changes; what stands there does not change with the wording.
        var standing = await FromBranchAsync(repo, pull.Head, cancellationToken);
        if (standing is not Answer<IReadOnlyList<Pull>>.Ok { Value: var pulls })
            return standing.Select<OpenedPull>(_ => throw new System.Diagnostics.UnreachableException());
        if (pulls.FirstOrDefault(one => one.IsOpen && one.Base?.Ref == pull.Base) is { } open)
            return new Answer<OpenedPull>.Ok(new OpenedPull(open, AlreadyThere: true));

        return pull.Draft
            ? (await CreateAsync(repo, pull with { Draft = false }, cancellationToken)).Select(made => new OpenedPull(made, AlreadyThere: false))
            : created.Select(made => new OpenedPull(made, AlreadyThere: false));
    }

    private Task<Answer<Pull>> CreateAsync(RepoRef repo, NewPull pull, CancellationToken cancellationToken) =>
        client.SendAsync(
            new Caller.Inside(GitHubIdentity.Author, repo, Act.Pull), HttpMethod.Post, $"{repo.Path}/pulls", pull,
            GitHubJson.Default.NewPull, GitHubJson.Default.Pull, cancellationToken);

    private Task<Answer<IReadOnlyList<Pull>>> QueryAsync(RepoRef repo, string query, CancellationToken cancellationToken) =>
        client.ListAsync(
            Reading(repo), $"{repo.Path}/pulls?{query}&per_page=100", GitHubJson.Default.IReadOnlyListPull, cancellationToken);

    private static Caller.Inside Reading(RepoRef repo) => new(GitHubIdentity.Author, repo, Act.Read);
}
