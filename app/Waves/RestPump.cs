using Microsoft.Data.Sqlite;
using Muster.App.Outbox;
using Muster.App.Pumps;
using Muster.App.Settings;
using Muster.Core.Recorder;
using Muster.Core.Waves;

namespace Muster.App.Waves;

/// <summary>
/// Closes waves. A wave is at rest when no job is queued or leased, nothing is due outside, and each item is ready,
/// ended, or waits for something only a person can do.
/// </summary>
internal sealed class RestPump(Ledger ledger, AppSettings settings) : IPump
{
    private static readonly TimeSpan OldAge = TimeSpan.FromHours(12);

    public TimeSpan Period => TimeSpan.FromSeconds(Math.Clamp(settings.Durations.Rest.TotalSeconds / 4, 0.1, 10));

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var now = ledger.Now;
        var due = await ledger.ReadAsync(db => Rows.OpenWaves(db).FirstOrDefault(w => Next(db, w, now) is { } next && next != w), cancellationToken);
        if (due is null)
        {
            return false;
        }

        await ledger.StepAsync(due.Repo, step => Move(step, due), cancellationToken);
        return true;
    }

    /// <summary>The wave as it should stand now.</summary>
    private Wave Next(SqliteConnection db, Wave wave, DateTimeOffset now)
    {
        if (wave.State != WaveState.Running)
        {
            return wave;
        }

        var old = now - wave.Opened >= OldAge;
        if (!old && !AtRest(db, wave))
        {
            return wave with { RestSince = null };
        }

        var since = wave.RestSince ?? now;
        return old || now - since >= settings.Durations.Rest
            ? wave with { RestSince = since, State = WaveState.Closed, Closed = now }
            : wave with { RestSince = since };
    }

    private void Move(LedgerStep step, Wave seen)
    {
        if (Rows.Wave(step.Db, seen.Id) is not { } wave || Next(step.Db, wave, step.Now) is var next && next == wave)
        {
            return;
        }

        step.Save(next);
        if (next.State == WaveState.Closed)
        {
            step.Record(new FlightEvent.WaveClosed(step.Now - wave.Opened >= OldAge ? "twelve hours old" : "at rest"), wave.Id);
            step.Wish(new Effect.PutStatus(wave.Id), wave.Id);
            if (!wave.WithoutRetro)
            {
                step.Wish(new Effect.FileRetro(wave.Id), wave.Id);
            }
        }
    }

    private static bool AtRest(SqliteConnection db, Wave wave)
    {
        var items = Rows.ItemsOfWave(db, wave.Id);
        return !wave.Replan
            && items.All(i => i.State == ItemState.Ready || !i.IsLive || i is { State: ItemState.Waiting, Attention: not null })
            && items.All(i => Rows.OpenJobs(db, i.Id).Count == 0)
            && !OutboxRows.AnyPending(db, wave.Id);
    }
}
