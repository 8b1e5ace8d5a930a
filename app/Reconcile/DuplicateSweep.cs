using Muster.App.Outbox;
using Muster.App.Waves;

namespace Muster.App.Reconcile;

/// <summary>
/// Looks after what was done again because nobody knew how the first try ended. GitHub's lists may lag for longer than the
/// outbox waits; what stands there twice in the end is taken away, but for one.
/// </summary>
internal sealed partial class DuplicateSweep(Ledger ledger, IEnumerable<IEffectActor> actors, ILogger<DuplicateSweep> logger)
{
    /// <summary>No list lags for so long.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    private readonly Dictionary<Type, IEffectActor> byKind = actors.ToDictionary(a => a.Kind);

    public async Task SweepAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        foreach (var row in await ledger.ReadAsync(db => OutboxRows.Doubtful(db, repository.RepoId), cancellationToken))
        {
            if (await byKind[row.Effect.GetType()].TidyAsync(repository, row, cancellationToken) && ledger.Now - row.DoubtAt >= Settled)
            {
                await ledger.StepQuietlyAsync(db => { OutboxRows.Certain(db, row.Id); return true; }, cancellationToken);
                Tidied(row.Id, repository.FullName);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Outbox row {Row} in {Repository} was done again after a try that had no answer; it stands there once")]
    private partial void Tidied(long row, string repository);
}
