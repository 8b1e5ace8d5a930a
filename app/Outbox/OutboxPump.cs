using System.Reflection;
using Muster.App.GitHub.Budget;
using Muster.App.Pumps;
using Muster.App.Waves;

namespace Muster.App.Outbox;

/// <summary>
/// Does what the outbox wants, one act at a time: look whether it is done, write down the intent, do it, write down the
/// receipt. A crash anywhere in between ends in another look.
/// </summary>
internal sealed partial class OutboxPump(
    Ledger ledger, IEnumerable<IEffectActor> actors, OutboxReceipts receipts, OutboxOrder order, ILogger<OutboxPump> logger) : IPump
{
    /// <summary>Refusals in a row after which an act is given up: a permission may be granted meanwhile.</summary>
    private const int MostRefusals = 4;

    private const int LongestPause = 300;

    /// <summary>How far two looks that find nothing lie apart, where a try may have made it: GitHub's lists lag behind its writes.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The kind of effect whose probe this build leaves out. Shipped builds leave out none; the proof of the probes
    /// builds one that does, to show that it would notice.
    /// </summary>
    private static readonly string? ProbeOff = typeof(OutboxPump).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "ProbeOff")?.Value;

    private readonly Dictionary<Type, IEffectActor> byKind = actors.ToDictionary(a => a.Kind);

    private volatile bool acting;

    public TimeSpan Period => order.Period;

    /// <summary>Whether an act is under way: whoever holds the clock lets it come to its end first.</summary>
    public bool IsActing => acting;

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (await order.NextAsync(cancellationToken) is not { } row)
        {
            return false;
        }

        if (await ledger.ReadAsync(db => Repositories.Find(db, row.RepoId), cancellationToken) is not { } repository)
        {
            await receipts.GiveUpAsync(row, "The repository is not known.", cancellationToken);
            return true;
        }

        try
        {
            var errand = OutboxOrder.ErrandOf(OutboxRows.KindOf(row.Effect));
            acting = true;
            await Errand.RunAsync(errand.Urgency, () => DoAsync(row, repository, byKind[row.Effect.GetType()], cancellationToken));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // One act that cannot be done must not keep the others waiting.
            Faulted(fault, row.Id);
            await LaterAsync(row, OutboxRows.KindOf(row.Effect), fault.Message, null, cancellationToken);
        }
        finally
        {
            acting = false;
        }

        return true;
    }

    private async Task DoAsync(OutboxRow row, RepositoryRow repository, IEffectActor actor, CancellationToken cancellationToken)
    {
        var kind = OutboxRows.KindOf(row.Effect);
        var seen = kind == ProbeOff && row.Earlier is null ? new Seen.Absent() : await actor.ProbeAsync(repository, row, cancellationToken);
        switch (seen)
        {
            case Seen.Found found:
                await receipts.SettleAsync(row, found.Receipt, made: false, cancellationToken);
                return;
            case Seen.Refused refused when row.Attempts >= MostRefusals:
                Refused(kind, repository.FullName, refused.Why);
                await receipts.GiveUpAsync(row, refused.Why, cancellationToken);
                return;
            case Seen.Refused refused:
                await LaterAsync(row, kind, refused.Why, null, cancellationToken);
                return;
            case Seen.Unknown unknown:
                await LaterAsync(row, kind, unknown.Why, unknown.RetryAt, cancellationToken);
                return;
        }

        if (row.IntentAt is not null && actor.Makes(row) && !(ledger.Now - row.AbsentAt >= Lag))
        {
            PutOff(kind, row.Id, "an earlier try may have done it, and one look is not enough");
            await ledger.StepQuietlyAsync(db => { OutboxRows.Absent(db, row.Id, row.AbsentAt ?? ledger.Now, (row.AbsentAt ?? ledger.Now) + Lag); return true; }, cancellationToken);
            return;
        }

        await ledger.StepQuietlyAsync(db => { OutboxRows.Intend(db, row.Id, ledger.Now); return true; }, cancellationToken);
        CrashPoint.Here($"app.before-{kind}");
        var acted = await actor.ApplyAsync(repository, row, cancellationToken);
        CrashPoint.Here($"app.after-{kind}");
        switch (acted)
        {
            case Acted.Made made:
                await receipts.SettleAsync(row, made.Receipt, made: true, cancellationToken);
                break;
            case Acted.Refused refused:
                Refused(kind, repository.FullName, refused.Why);
                await receipts.GiveUpAsync(row, refused.Why, cancellationToken);
                break;
            case Acted.Unknown unknown:
                if (unknown.NothingDone)
                {
                    await ledger.StepQuietlyAsync(db => { OutboxRows.Untouched(db, row.Id); return true; }, cancellationToken);
                }

                await LaterAsync(row, kind, unknown.Why, unknown.RetryAt, cancellationToken);
                break;
        }
    }

    private Task<bool> LaterAsync(OutboxRow row, string kind, string why, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        PutOff(kind, row.Id, why);
        var at = retryAt ?? ledger.Now.AddSeconds(Math.Min(LongestPause, 1 << Math.Min(9, row.Attempts)));
        return ledger.StepQuietlyAsync(db => { OutboxRows.Later(db, row.Id, at); return true; }, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} (outbox row {Row}) is put off: {Why}")]
    private partial void PutOff(string kind, long row, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox row {Row} failed; it will be tried again")]
    private partial void Faulted(Exception fault, long row);

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub refuses {Kind} in {Repository}: {Why}")]
    private partial void Refused(string kind, string repository, string why);
}
