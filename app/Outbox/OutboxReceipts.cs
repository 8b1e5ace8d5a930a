using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Recorder;
using Muster.Core.Waves;

namespace Muster.App.Outbox;

/// <summary>Writes receipts down, with what follows from them, in one transaction.</summary>
internal sealed class OutboxReceipts(Ledger ledger)
{
    public Task SettleAsync(OutboxRow row, Receipt receipt, bool made, CancellationToken cancellationToken) =>
        ledger.StepAsync(row.RepoId, step =>
        {
            OutboxRows.Done(step.Db, row, receipt);
            if (row.Earlier?.Number is null)
            {
                var effect = row.Effect;
                step.Record(
                    new FlightEvent.EffectDone(OutboxRows.KindOf(effect), made, receipt.Number, receipt.Detail, receipt.Commit, receipt.Author),
                    WaveOf(row),
                    ItemOf(row));
                Follow(step, row, effect, receipt);
            }
        }, cancellationToken);

    /// <summary>A dead letter: kept, recorded, and said to a person where an item hangs on it.</summary>
    public Task GiveUpAsync(OutboxRow row, string why, CancellationToken cancellationToken) =>
        ledger.StepAsync(row.RepoId, step =>
        {
            var effect = row.Effect;
            OutboxRows.Dead(step.Db, row.Id);
            step.Record(new FlightEvent.EffectDead(OutboxRows.KindOf(effect), why), WaveOf(row), ItemOf(row));
            if (row.Item is { } id && Rows.Item(step.Db, new ItemId(id)) is { } item)
            {
                switch (effect)
                {
                    case Effect.OpenPull:
                        step.Happened(item, new ItemEvent.PullNotOpened(why));
                        break;
                    case Effect.PostReview or Effect.PutCheck or Effect.MarkReady:
                        step.Happened(item, new ItemEvent.VerdictNotShown(why));
                        break;
                }
            }
        }, cancellationToken);

    private static void Follow(LedgerStep step, OutboxRow row, Effect effect, Receipt receipt)
    {
        switch (effect)
        {
            case Effect.OpenPull open when receipt.Number is { } number && Rows.Item(step.Db, open.Item) is { } item:
                step.Happened(item, new ItemEvent.PullOpened(new PullNumber((int)number)));
                break;
            case Effect.PutStatus when receipt.Shown is null:
                // Found again after a crash, and nobody knows what it shows: it is written anew.
                step.Wish(effect, WaveOf(row));
                break;
            case Effect.FileRetro retro when receipt.Number is { } number && Rows.Wave(step.Db, retro.Wave) is { } wave:
                step.Save(wave with { Retro = new IssueNumber((int)number) });
                break;
        }
    }

    private static WaveId? WaveOf(OutboxRow row) => row.Wave is { } id ? new WaveId(id) : null;

    private static ItemId? ItemOf(OutboxRow row) => row.Item is { } id ? new ItemId(id) : null;
}
