using Microsoft.Data.Sqlite;
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
    Ledger ledger, AppSettings settings, MissedEvents missed, LabelSweep labels, DuplicateSweep duplicates, InstallationSweep installations, LostDeliveries lost, ILogger<Reconciler> logger) : IPump
{
    // By then what was asked for again has come, or will not.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    private readonly HashSet<RepoId> compared = [];

    private DateTimeOffset nextAsking = DateTimeOffset.MinValue;

    private DateTimeOffset nextComparing = DateTimeOffset.MinValue;

    private volatile int known;

    /// <summary>How often all was compared since the start.</summary>
    public int Sweeps { get; private set; }

    /// <summary>How many repositories are compared to the end.</summary>
    public int Compared => known;

    public TimeSpan Period => settings.Durations.ReconcileEvery < Soon ? settings.Durations.ReconcileEvery : Soon;

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (ledger.Now >= nextAsking)
        {
            var often = settings.Durations.ReconcileEvery;
            nextAsking = ledger.Now + (often > 2 * Soon ? often : 2 * Soon);
            if (await lost.AskAgainAsync(cancellationToken) && nextComparing < ledger.Now + Soon)
            {
                // What is on its way again says more than a comparison can: who did it, and when. It is waited for once
                // only: the way to us may be broken, and then nothing but comparing finds anything.
                nextComparing = ledger.Now + Soon;
            }
        }

        if (ledger.Now < nextComparing)
        {
            await CompareNewAsync(cancellationToken);
            return false;
        }

        nextComparing = ledger.Now + settings.Durations.ReconcileEvery;
        await installations.SweepAsync(cancellationToken);
        compared.Clear();
        await CompareNewAsync(cancellationToken);
        Sweeps++;
        return false;
    }

    /// <summary>Those that were not compared since the last round, as one that was just learned: it does not wait for the next.</summary>
    private async Task CompareNewAsync(CancellationToken cancellationToken)
    {
        var here = await ledger.ReadAsync(Repositories.All, cancellationToken);
        compared.IntersectWith(here.Select(r => r.RepoId));
        known = compared.Count;
        foreach (var repository in here.Where(r => compared.Add(r.RepoId)))
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

            known = compared.Count;
        }
    }

    private async Task CompareAllAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        foreach (var item in await ledger.ReadAsync(db => Open(db, repository), cancellationToken))
        {
            await CompareAsync(repository, item, cancellationToken);
        }

        await labels.SweepAsync(repository, cancellationToken);
        await duplicates.SweepAsync(repository, cancellationToken);
    }

    private static List<Item> Open(SqliteConnection db, RepositoryRow repository) =>
        [.. Rows.OpenItems(db, repository.RepoId).Where(i => i.IsLive || i.PullOpen)];

    private async Task CompareAsync(RepositoryRow repository, Item item, CancellationToken cancellationToken)
    {
        if (await missed.OfAsync(repository, item, cancellationToken) is not { } happened)
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Comparing {Repository} with GitHub failed")]
    private partial void Faulted(Exception fault, string repository);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconciled {Repository} {Issue}: {What} was missed")]
    private partial void Missed(string repository, IssueNumber issue, string what);
}
