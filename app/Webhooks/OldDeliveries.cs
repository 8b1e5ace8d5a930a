using Dapper;
using Muster.App.Pumps;
using Muster.App.Storage;

namespace Muster.App.Webhooks;

/// <summary>Forgets deliveries that were taken: first what they said, and long after GitHub would bring them again, that they came.</summary>
internal sealed class OldDeliveries(Store store, TimeProvider time) : IPump
{
    /// <summary>Text of strangers is kept no longer than somebody may want to look into it.</summary>
    private static readonly TimeSpan Said = TimeSpan.FromDays(7);

    /// <summary>GitHub brings a delivery again for three days at most; one stored version of its pages said thirty.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(35);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTimeOffset next = DateTimeOffset.MinValue;

    public TimeSpan Period => Every;

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < next)
        {
            return false;
        }

        // A few at a time: the one writer of the store must not be kept from webhooks that come now.
        var forgotten = await store.WriteAsync(
            db => db.Execute(
                "UPDATE deliveries SET payload = x'' WHERE rowid IN (SELECT rowid FROM deliveries WHERE state <> 'new' AND received_at < @old AND length(payload) > 0 LIMIT 500)",
                new { old = now - Said })
            + db.Execute(
                "DELETE FROM deliveries WHERE rowid IN (SELECT rowid FROM deliveries WHERE state <> 'new' AND received_at < @old LIMIT 500)",
                new { old = now - Known }),
            cancellationToken);
        next = forgotten > 0 ? next : now + Every;
        return forgotten > 0;
    }
}
