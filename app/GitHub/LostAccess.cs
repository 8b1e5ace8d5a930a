using System.Collections.Concurrent;
using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>
/// Repositories that GitHub gives us no token for: the App was suspended or taken off. One refusal shuts the door, so that
/// nobody knocks again before GitHub says that it is open.
/// </summary>
public sealed class LostAccess(TimeProvider time)
{
    /// <summary>How long nobody asks again without a reason; news of the installation is one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(GitHubIdentity Identity, RepoId Repo), string> lost = new();

    /// <summary>That there is no access; null where there may be.</summary>
    public Answer<InstallationToken>.Unknown? Of(GitHubIdentity identity, RepoRef repo)
    {
        ArgumentNullException.ThrowIfNull(repo);
        return lost.TryGetValue((identity, repo.Id), out var why) ? new(why, time.GetUtcNow() + Patience) : null;
    }

    public Answer<InstallationToken>.Unknown Lose(GitHubIdentity identity, RepoRef repo)
    {
        ArgumentNullException.ThrowIfNull(repo);
        lost[(identity, repo.Id)] = $"GitHub gives the App no access to {repo.Name}: it is suspended, or not installed there any more.";
        return Of(identity, repo)!;
    }

    public void Regain(RepoId repo)
    {
        foreach (var identity in Enum.GetValues<GitHubIdentity>())
            lost.TryRemove((identity, repo), out _);
    }
}
