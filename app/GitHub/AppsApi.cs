namespace Muster.App.GitHub;

/// <summary>The App about itself: who it is, and what GitHub could not tell it.</summary>
public sealed class AppsApi(GitHubClient client)
{
    public Task<Answer<AppSelf>> SelfAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.GetAsync(new Caller.App(identity), "/app", GitHubJson.Default.AppSelf, cancellationToken);

    /// <summary>The newest hundred deliveries of the App's webhook, newest first.</summary>
    public Task<Answer<IReadOnlyList<HookDelivery>>> DeliveriesAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.GetAsync(
            new Caller.App(identity), "/app/hook/deliveries?per_page=100", GitHubJson.Default.IReadOnlyListHookDelivery, cancellationToken);

    public Task<Answer<Done>> RedeliverAsync(GitHubIdentity identity, long delivery, CancellationToken cancellationToken) =>
        client.DoAsync(new Caller.App(identity), HttpMethod.Post, $"/app/hook/deliveries/{delivery}/attempts", null, cancellationToken);
}
