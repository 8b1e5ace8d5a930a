namespace Muster.App.GitHub;

/// <summary>The App about itself.</summary>
public sealed class AppsApi(GitHubClient client)
{
    public Task<Answer<AppSelf>> SelfAsync(GitHubIdentity identity, CancellationToken cancellationToken) =>
        client.GetAsync(new Caller.App(identity), "/app", GitHubJson.Default.AppSelf, cancellationToken);
}
