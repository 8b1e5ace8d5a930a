using System.Collections.Concurrent;
using Muster.App.GitHub;

namespace Muster.App.Outbox;

/// <summary>An App of ours, and the account that its acts are shown under. Names can be taken by others; numbers cannot.</summary>
internal sealed record Ourselves(long AppId, string Login, long AccountId)
{
    public bool Is(User? user) => user?.Id == AccountId;
}

/// <summary>Who we are on GitHub, asked once.</summary>
internal sealed class Identities(AppsApi apps, ReposApi repos, AppJwt jwt, Installations installations)
{
    private readonly ConcurrentDictionary<GitHubIdentity, Ourselves> known = new();

    public async Task<Answer<Ourselves>> SelfAsync(GitHubIdentity identity, RepoRef repo, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(identity, out var self))
        {
            return new Answer<Ourselves>.Ok(self);
        }

        var app = await apps.SelfAsync(identity, cancellationToken);
        var answer = await app.ThenAsync(async me =>
            (await repos.AccountAsync(repo, me.BotLogin, cancellationToken)).Select(account => new Ourselves(me.Id, me.BotLogin, account.Id)));
        if (answer is Answer<Ourselves>.Ok ok)
        {
            known[identity] = ok.Value;
        }

        return answer;
    }

    /// <summary>Whether there is a second App at all, wherever it is installed.</summary>
    public bool HasReviewer => jwt.Has(GitHubIdentity.Reviewer);

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
