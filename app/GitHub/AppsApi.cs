namespace Muster.App.GitHub;

/// <summary>The App about itself: who it is, where it is installed, and what GitHub could not tell it.</summary>
public sealed class AppsApi(GitHubClient client, InstallationTokens tokens)
{
    public Task<Answer<AppSelf>> SelfAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.GetAsync(new Caller.App(identity), "/app", GitHubJson.Default.AppSelf, cancellationToken);

    public Task<Answer<IReadOnlyList<Installation>>> InstallationsAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.ListAsync(
            new Caller.App(identity), "/app/installations?per_page=100", GitHubJson.Default.IReadOnlyListInstallation, cancellationToken);

    public async Task<Answer<IReadOnlyList<Repository>>> RepositoriesAsync(
        GitHubIdentity identity, long installation, CancellationToken cancellationToken) =>
        await (await tokens.MintListAsync(identity, installation, cancellationToken)).ThenAsync(token => client.ListAsync(
            new Caller.Holder(token), "/installation/repositories?per_page=100", GitHubJson.Default.RepositoryPage,
            page => page.Repositories, cancellationToken));

    /// <summary>The deliveries of the App's webhook since then, newest first; the last page may hold older ones too.</summary>
    public Task<Answer<IReadOnlyList<HookDelivery>>> DeliveriesAsync(GitHubIdentity identity, DateTimeOffset since, CancellationToken cancellationToken) =>
        client.ListAsync(
            new Caller.App(identity), "/app/hook/deliveries?per_page=100", GitHubJson.Default.IReadOnlyListHookDelivery, page => page, cancellationToken,
            last: delivery => delivery.DeliveredAt < since);

    public Task<Answer<Done>> RedeliverAsync(GitHubIdentity identity, long delivery, CancellationToken cancellationToken) =>
        client.DoAsync(new Caller.App(identity), HttpMethod.Post, $"/app/hook/deliveries/{delivery}/attempts", null, cancellationToken);
}
