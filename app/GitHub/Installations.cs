using System.Collections.Concurrent;
using Dapper;
using Muster.App.GitHub.Budget;
using Muster.App.Storage;
using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>Which installation of an App covers a repository: asked once and kept, so that a restart knows whose budget to look at before it asks.</summary>
public sealed class Installations(GitHubHttp http, AppRequests apps, AppJwt jwt, Store store)
{
    private readonly ConcurrentDictionary<(GitHubIdentity Identity, RepoId Repo), long> known = new();

    /// <summary>Whose budget an act in this repository is taken from; null where that was not learned yet.</summary>
    public async Task<Payer?> PayerAsync(GitHubIdentity identity, RepoId repo, CancellationToken cancellationToken) =>
        await KnownAsync(identity, repo, cancellationToken) is { } id ? Payer.Of(id) : null;

    /// <summary>Not found where the App is not installed, or does not exist.</summary>
    public async Task<Answer<long>> FindAsync(GitHubIdentity identity, RepoRef repo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repo);
        if (await KnownAsync(identity, repo.Id, cancellationToken) is { } id)
            return new Answer<long>.Ok(id);
        var question = new Question(HttpMethod.Get, http.Address($"{repo.Path}/installation"));
        var found = (await apps.SendAsync(identity, Payer.Of(identity), question, cancellationToken))
            .Then(reply => reply.Read(GitHubJson.Default.Installation))
            // One that is suspended may do nothing: as good as none.
            .Then<long>(installation => installation.SuspendedAt is null ? new Answer<long>.Ok(installation.Id) : new Answer<long>.NotFound());
        if (found is Answer<long>.Ok ok)
            await KeepAsync(identity, repo.Id, ok.Value, cancellationToken);
        return found;
    }

    public async Task ForgetAsync(GitHubIdentity identity, RepoRef repo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repo);
        known.TryRemove((identity, repo.Id), out _);
        await store.WriteAsync(
            db => db.Execute("DELETE FROM installations WHERE app = @app AND repo = @repo", new { app = jwt.IdOf(identity), repo = repo.Id.Value }),
            cancellationToken);
    }

    private async Task<long?> KnownAsync(GitHubIdentity identity, RepoId repo, CancellationToken cancellationToken)
    {
        if (jwt.IdOf(identity) is not { } app)
            return null;
        if (known.TryGetValue((identity, repo), out var id))
            return id;
        var kept = await store.ReadAsync(
            db => db.QueryFirstOrDefault<long?>("SELECT installation FROM installations WHERE app = @app AND repo = @repo", new { app, repo = repo.Value }),
            cancellationToken);
        if (kept is { } found)
            known[(identity, repo)] = found;
        return kept;
    }

    private async Task KeepAsync(GitHubIdentity identity, RepoId repo, long installation, CancellationToken cancellationToken)
    {
        known[(identity, repo)] = installation;
        await store.WriteAsync(
            db => db.Execute(
                "INSERT INTO installations(app, repo, installation) VALUES (@app, @repo, @installation) ON CONFLICT DO UPDATE SET installation = excluded.installation",
                new { app = jwt.IdOf(identity), repo = repo.Value, installation }),
            cancellationToken);
    }
}
