using System.Collections.Concurrent;
using Muster.App.GitHub;

namespace Muster.App.Outbox;

/// <summary>Who we are on GitHub, asked once.</summary>
internal sealed class Identities(AppsApi apps, InstallationTokens tokens)
{
    private readonly ConcurrentDictionary<GitHubIdentity, AppSelf> known = new();

    public async Task<Answer<AppSelf>> SelfAsync(GitHubIdentity identity, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(identity, out var self))
        {
            return new Answer<AppSelf>.Ok(self);
        }

        var answer = await apps.SelfAsync(identity, cancellationToken);
        if (answer is Answer<AppSelf>.Ok ok)
        {
            known[identity] = ok.Value;
        }

        return answer;
    }

    /// <summary>Who judges in this repository: the second App where it is installed, else the first. GitHub does not let one App bless its own pull request.</summary>
    public async Task<Answer<GitHubIdentity>> JudgeAsync(RepoRef repo, CancellationToken cancellationToken) =>
        await tokens.InstallationAsync(GitHubIdentity.Reviewer, repo, cancellationToken) switch
        {
            Answer<long>.Ok => new Answer<GitHubIdentity>.Ok(GitHubIdentity.Reviewer),
            Answer<long>.Unknown unknown => new Answer<GitHubIdentity>.Unknown(unknown.Why, unknown.RetryAt),
            _ => new Answer<GitHubIdentity>.Ok(GitHubIdentity.Author),
        };
}
