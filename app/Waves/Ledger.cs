using Microsoft.Data.Sqlite;
using Muster.App.Pumps;
using Muster.App.Storage;
using Muster.Core;

namespace Muster.App.Waves;

/// <summary>The door to the state: a step is one transaction, and after it everybody looks again.</summary>
internal sealed class Ledger(Store store, Pulse pulse, TimeProvider time)
{
    public async Task<T> StepAsync<T>(RepoId repo, Func<LedgerStep, T> step, CancellationToken cancellationToken)
    {
        var result = await store.WriteAsync(db => step(new LedgerStep(db, repo, time.GetUtcNow())), cancellationToken);
        pulse.Beat();
        return result;
    }

    public Task StepAsync(RepoId repo, Action<LedgerStep> step, CancellationToken cancellationToken) =>
        StepAsync(repo, s => { step(s); return true; }, cancellationToken);

    /// <summary>A write that changes nothing anybody waits for: no beat.</summary>
    public Task<T> StepQuietlyAsync<T>(Func<SqliteConnection, T> step, CancellationToken cancellationToken) =>
        store.WriteAsync(step, cancellationToken);

    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        store.ReadAsync(query, cancellationToken);

    public DateTimeOffset Now => time.GetUtcNow();
}
