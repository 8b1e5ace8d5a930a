using Microsoft.Data.Sqlite;
using Muster.App.GitHub;
using Muster.App.Pumps;
using Muster.App.Settings;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;

namespace Muster.App.Reconcile;

/// <summary>
/// Webhooks are hints: on start and by the clock, what we believe of open items is compared with what GitHub says, so
/// that a lost webhook costs minutes and never work.
/// </summary>
internal sealed partial class Reconciler(
    Ledger ledger, AppSettings settings, IssuesApi issues, PullsApi pulls, LabelSweep labels, LostDeliveries lost, ILogger<Reconciler> logger) : IPump
{
    // By then what was asked for again has come, or will not.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>How often all was compared since the start.</summary>
    public int Sweeps { get; private set; }

    public TimeSpan Period => settings.Durations.ReconcileEvery < Soon ? settings.Durations.ReconcileEvery : Soon;

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (ledger.Now < next)
        {
            return false;
        }

        if (await lost.AskAgainAsync(cancellationToken))
        {
            // What is on its way again says more than a comparison can: who did it, and when.
            next = ledger.Now + Soon;
            return false;
        }

        next = ledger.Now + settings.Durations.ReconcileEvery;
        foreach (var repository in await ledger.ReadAsync(Repositories.All, cancellationToken))
        {
            try
            {
                await CompareAllAsync(repository, cancellationToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // One repository that cannot be compared must not hide the others.
                Faulted(fault, repository.FullName);
            }
        }

        Sweeps++;
        return false;
    }

    private async Task CompareAllAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        foreach (var item in await ledger.ReadAsync(db => Open(db, repository), cancellationToken))
        {
            await CompareAsync(repository, item, cancellationToken);
        }

        await labels.SweepAsync(repository, cancellationToken);
    }

    private static List<Item> Open(SqliteConnection db, RepositoryRow repository) =>
        [.. Rows.OpenItems(db, repository.RepoId).Where(i => i.IsLive || i.PullOpen)];

    private async Task CompareAsync(RepositoryRow repository, Item item, CancellationToken cancellationToken)
    {
        if (await MissedAsync(repository, item, cancellationToken) is not { } happened)
        {
            return;
        }

        Missed(repository.FullName, item.Issue, happened.GetType().Name);
        await ledger.StepAsync(repository.RepoId, step =>
        {
            if (Rows.Item(step.Db, item.Id) is { } now)
            {
                step.Happened(now, happened);
            }
        }, cancellationToken);
    }

    /// <summary>What must have happened while nobody told us; null where nothing did, or nobody can say.</summary>
    private async Task<ItemEvent?> MissedAsync(RepositoryRow repository, Item item, CancellationToken cancellationToken)
    {
        if (item.Pull is { } number)
        {
            var pull = await pulls.GetAsync(repository.Target, number, cancellationToken);
            if (pull is not Answer<Pull>.Ok { Value: { } found })
            {
                return null;
            }

            if (!found.IsOpen)
            {
                return found.IsMerged
                    ? new ItemEvent.PullMerged(found.MergedBy?.Login ?? "somebody")
                    : new ItemEvent.PullClosed("somebody");
            }
        }

        return item.IsLive && await issues.GetAsync(repository.Target, item.Issue, cancellationToken) is Answer<Issue>.Ok { Value.IsOpen: false }
            ? new ItemEvent.IssueClosed("somebody")
            : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Comparing {Repository} with GitHub failed")]
    private partial void Faulted(Exception fault, string repository);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconciled {Repository} {Issue}: {What} was missed")]
    private partial void Missed(string repository, IssueNumber issue, string what);
}
