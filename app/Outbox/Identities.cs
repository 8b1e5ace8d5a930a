using System.Collections.Concurrent;
using Muster.App.GitHub;

namespace Muster.App.Outbox;

/// <summary>Who we are on GitHub, asked once.</summary>
internal sealed class Identities(AppsApi apps, AppJwt jwt, Installations installations)
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
    public async Task<Answer<GitHubIdentity>> JudgeAsync(RepoRef repo, CancellationToken cancellationToken)
    {
        if (!jwt.Has(GitHubIdentity.Reviewer))
        {
            return new Answer<GitHubIdentity>.Ok(GitHubIdentity.Author);
        }

        return await installations.FindAsync(GitHubIdentity.Reviewer, repo, cancellationToken) switch
        {
            Answer<long>.Ok => new Answer<GitHubIdentity>.Ok(GitHubIdentity.Reviewer),
            Answer<long>.NotFound => new Answer<GitHubIdentity>.Ok(GitHubIdentity.Author),
            // A reviewer that GitHub refuses is still there: nobody takes its place because of that.
            Answer<long>.Refused refused => new Answer<GitHubIdentity>.Unknown($"GitHub refuses the reviewer App ({refused.Status}): {refused.Message}"),
            var other => other.Select(_ => GitHubIdentity.Author),
        };
    }
}
