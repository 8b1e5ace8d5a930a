using Muster.App.Pumps;
using Muster.App.Queues;
using Muster.App.Runners;
using Muster.App.Settings;
using Muster.App.Waves;
using Muster.Core.Recorder;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Reconcile;

/// <summary>Looks after jobs: leases that ran out go back to the queue, lost bells ring again, what nobody can play is said.</summary>
internal sealed class LeasePump(Ledger ledger, JobPush pushes, AppSettings settings) : IPump
{
    public TimeSpan Period => TimeSpan.FromSeconds(Math.Clamp(settings.Durations.Lease.TotalSeconds / 5, 0.2, 10));

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var now = ledger.Now;
        var (lost, silent, unplayable) = await ledger.ReadAsync(db => (
            Rows.Jobs(db, JobState.Leased).FirstOrDefault(j => j.LeaseEnds <= now),
            Bells.Unrung(db),
            Rows.Jobs(db, JobState.Queued).FirstOrDefault(j => NobodyReviews(db, j, now))), cancellationToken);
        if (lost is not null)
        {
            await ledger.StepAsync(lost.Repo, step => Lose(step, lost), cancellationToken);
            return true;
        }

        if (unplayable is not null)
        {
            await ledger.StepAsync(unplayable.Repo, step => Unreviewed(step, unplayable), cancellationToken);
            return true;
        }

        foreach (var (job, epoch) in silent)
        {
            await ledger.StepQuietlyAsync(db => { Bells.Ring(db, job, epoch, now); return true; }, cancellationToken);
        }

        await pushes.SweepAsync(cancellationToken);
        return false;
    }

    /// <summary>A reviewer's host may be on its way up again.</summary>
    private TimeSpan Grace => TimeSpan.FromSeconds(Math.Min(30, settings.Durations.Lease.TotalSeconds / 10));

    private static void Lose(LedgerStep step, Job seen)
    {
        if (Rows.Job(step.Db, seen.Id) is not { State: JobState.Leased } job || job.LeaseEnds > step.Now)
        {
            return;
        }

        var back = Leases.Lose(job);
        step.Save(back);
        step.Record(new FlightEvent.LeaseLost(job.Wanted.Kind, job.Epoch), job.Wave, job.Item, job.Id);
        if (back.State == JobState.Queued)
        {
            Bells.Ring(step.Db, job.Id, back.Epoch, step.Now);
        }
        else if (Rows.Item(step.Db, job.Item) is { } item)
        {
            var what = $"Its runner was lost {Leases.MostLost} times.";
            step.Happened(item, job.Wanted.Kind == JobKind.Review
                ? new ItemEvent.ReviewFailed(FailureClass.Crash, what)
                : new ItemEvent.WorkFailed(FailureClass.Crash, what));
        }
    }

    /// <summary>Runners are alive, and none of them has a reviewer: waiting would be for ever.</summary>
    private bool NobodyReviews(Microsoft.Data.Sqlite.SqliteConnection db, Job job, DateTimeOffset now)
    {
        var alive = RunnerRegistry.AliveAt(db, now);
        return job.Wanted.Kind == JobKind.Review
            && now - job.Created >= Grace
            && alive.Count > 0
            && Rows.Item(db, job.Item)?.Terms?.Contract is { } contract
            && !Casting.CanBePlayed(JobKind.Review, contract, [.. alive.SelectMany(r => r.Agents)]);
    }

    private static void Unreviewed(LedgerStep step, Job seen)
    {
        if (Rows.Job(step.Db, seen.Id) is { State: JobState.Queued } job && Rows.Item(step.Db, job.Item) is { } item)
        {
            step.Happened(item, new ItemEvent.ReviewFailed(FailureClass.Launch, "No runner has an agent that reviews."));
        }
    }
}
