using System.Collections.Concurrent;
using System.Text.Json;
using Muster.App.GitHub.Budget;
using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>
/// Mints tokens, each for one repository and one act, and keeps those that may be kept. A token to push is never kept:
/// it belongs to one job and is revoked when that ends.
/// </summary>
public sealed class InstallationTokens(GitHubHttp http, AppRequests apps, Installations installations, LostAccess lost, GitHubClock clock)
{
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(GitHubIdentity Identity, RepoId Repo, Act Act), Kept> kept = new();

    /// <summary>A token that is good for ten minutes at least, from memory where there is one.</summary>
    public async Task<Answer<InstallationToken>> GetAsync(
        GitHubIdentity identity, RepoRef repo, Act act, CancellationToken cancellationToken)
    {
        if (act is Act.Push)
            return await MintAsync(identity, repo, act, cancellationToken);

        var slot = kept.GetOrAdd((identity, repo.Id, act), _ => new Kept());
        await slot.Turn.WaitAsync(cancellationToken);
        try
        {
            if (slot.Token is { } token && token.ExpiresAt - Reserve > clock.Now)
                return new Answer<InstallationToken>.Ok(token);
            var minted = await MintAsync(identity, repo, act, cancellationToken);
            slot.Token = (minted as Answer<InstallationToken>.Ok)?.Value;
            return minted;
        }
        finally
        {
            slot.Turn.Release();
        }
    }

    /// <summary>A fresh token that nobody else gets; whoever asked for it revokes it.</summary>
    /// <remarks>As urgent as anything is: somebody more urgent than who asked first may wait for the same token.</remarks>
    public Task<Answer<InstallationToken>> MintAsync(
        GitHubIdentity identity, RepoRef repo, Act act, CancellationToken cancellationToken) =>
        Errand.RunAsync(Urgency.Verdict, () => UnlessLostAsync(identity, repo, act, cancellationToken));

    /// <summary>
    /// Whether a token still opens its repository. Where not, the repository went to another installation or the App was
    /// taken off: both are forgotten, so that the next caller looks anew.
    /// </summary>
    internal async Task<Answer<bool>> OpensAsync(
        GitHubIdentity identity, RepoRef repo, Act act, InstallationToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repo);
        ArgumentNullException.ThrowIfNull(token);
        var question = new Question(HttpMethod.Get, http.Address(repo.Path));
        var (seen, _, _, _) = await http.SendAsync(token.Payer, question, token.Token, $"{token.Payer} {act}", cancellationToken);
        if (seen is not Answer<Reply>.NotFound)
            return seen.Select(_ => true);
        Drop(identity, repo, act, token);
        await installations.ForgetAsync(identity, repo, cancellationToken);
        return new Answer<bool>.Ok(false);
    }

    /// <summary>A token that can list an installation's repositories and nothing else.</summary>
    public Task<Answer<InstallationToken>> MintListAsync(GitHubIdentity identity, long installation, CancellationToken cancellationToken) =>
        MintAsync(identity, installation, null, Act.List, cancellationToken);

    /// <summary>Forgets a kept token that GitHub no longer takes.</summary>
    public void Drop(GitHubIdentity identity, RepoRef repo, Act act, InstallationToken token)
    {
        if (kept.TryGetValue((identity, repo.Id, act), out var slot) && slot.Token == token)
            slot.Token = null;
    }

    /// <summary>Ends a token before its time. One that has ended already is as good.</summary>
    public async Task<Answer<Done>> RevokeAsync(InstallationToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        var question = new Question(HttpMethod.Delete, http.Address("/installation/token"));
        return (await http.SendAsync(token.Payer, question, token.Token, null, cancellationToken)).Answer switch
        {
            // Refused: it has ended already, or its installation was suspended, and then it does not come back.
            Answer<Reply>.Ok or Answer<Reply>.Refused { Status: 401 or 403 } => new Answer<Done>.Ok(default),
            var other => other.Select(_ => default(Done)),
        };
    }

    /// <summary>A second App that is not there is a fact; that the first one is not, says nothing about what it asked for.</summary>
    private async Task<Answer<InstallationToken>> UnlessLostAsync(
        GitHubIdentity identity, RepoRef repo, Act act, CancellationToken cancellationToken)
    {
        if (lost.Of(identity, repo) is { } away)
            return away;
        var minted = await FindAndMintAsync(identity, repo, act, cancellationToken);
        var suspended = minted is Answer<InstallationToken>.Refused { Status: 403 };
        if (suspended)
            await installations.ForgetAsync(identity, repo, cancellationToken);
        return suspended || (minted is Answer<InstallationToken>.NotFound && identity is GitHubIdentity.Author) ? lost.Lose(identity, repo) : minted;
    }

    private async Task<Answer<InstallationToken>> FindAndMintAsync(
        GitHubIdentity identity, RepoRef repo, Act act, CancellationToken cancellationToken)
    {
        var installation = await installations.FindAsync(identity, repo, cancellationToken);
        var minted = await installation.ThenAsync(id => MintAsync(identity, id, [repo.Id.Value], act, cancellationToken));
        if (installation is not Answer<long>.Ok { Value: var before }
            || minted is not (Answer<InstallationToken>.NotFound or Answer<InstallationToken>.Refused { Status: 422 }))
            return minted;

        // Since we looked, the App may have been put on anew, or the repository have gone to another owner.
        await installations.ForgetAsync(identity, repo, cancellationToken);
        return await (await installations.FindAsync(identity, repo, cancellationToken)).ThenAsync(async now =>
            now == before ? minted : await MintAsync(identity, now, [repo.Id.Value], act, cancellationToken));
    }

    private async Task<Answer<InstallationToken>> MintAsync(
        GitHubIdentity identity, long installation, IReadOnlyList<long>? repositories, Act act, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new TokenRequest(repositories, ActPermissions.Of(act)), GitHubJson.Default.TokenRequest);
        // The installation pays: while it is to be silent, nobody asks for a token that could only be used to break that.
        var payer = Payer.Of(installation);
        var question = new Question(HttpMethod.Post, http.Address($"/app/installations/{installation}/access_tokens"), body);
        return (await apps.SendAsync(identity, payer, question, cancellationToken))
            .Then(minted => minted.Read(GitHubJson.Default.InstallationToken))
            .Select(token => token with { Payer = payer });
    }

    private sealed class Kept
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public InstallationToken? Token { get; set; }
    }
}
