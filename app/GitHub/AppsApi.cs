namespace Muster.App.GitHub;

/// <summary>The App about itself: who it is, where it is installed, and what GitHub could not tell it.</summary>
public sealed class AppsApi(GitHubClient client, InstallationTokens tokens)
{
    public Task<Answer<AppSelf>> SelfAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.GetAsync(new Caller.App(identity), "/app", GitHubJson.Default.AppSelf, cancellationToken);

    public Task<Answer<IReadOnlyList<Installation>>> InstallationsAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.ListAsync(
            new Caller.App(identity), "/app/installations?per_page=100", GitHubJson.Default.IReadOnlyListInstallation, cancellationToken);

    /// <summary>Not found where the App is not installed on this repository, or does not exist.</summary>
    public Task<Answer<long>> InstallationAsync(GitHubIdentity identity, RepoRef repo, CancellationToken cancellationToken) =>
        tokens.InstallationAsync(identity, repo, cancellationToken);

    public async Task<Answer<IReadOnlyList<Repository>>> RepositoriesAsync(
        GitHubIdentity identity, long installation, CancellationToken cancellationToken) =>
        await (await tokens.MintListAsync(identity, installation, cancellationToken)).ThenAsync(token => client.ListAsync(
            new Caller.Holder(token), "/installation/repositories?per_page=100", GitHubJson.Default.RepositoryPage,
            page => page.Repositories, cancellationToken));

    /// <summary>The newest hundred deliveries of the App's webhook, newest first.</summary>
    public Task<Answer<IReadOnlyList<HookDelivery>>> DeliveriesAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.GetAsync(
            new Caller.App(identity), "/app/hook/deliveries?per_page=100", GitHubJson.Default.IReadOnlyListHookDelivery, cancellationToken);

    public Task<Answer<Done>> RedeliverAsync(GitHubIdentity identity, long delivery, CancellationToken cancellationToken) =>
        client.DoAsync(new Caller.App(identity), HttpMethod.Post, $"/app/hook/deliveries/{delivery}/attempts", null, cancellationToken);
}
