using Dapper;
using Muster.App.Storage;

namespace Muster.App.Webhooks;

/// <summary>Keeps deliveries until the intake has taken them.</summary>
public sealed class DeliveryStore(Store store, TimeProvider time)
{
    /// <summary>Stores a delivery for good; false where its id is known already.</summary>
    public Task<bool> AddAsync(Delivery delivery, CancellationToken cancellationToken) => store.WriteAsync(
        connection => 1 == connection.Execute(
            """
            INSERT INTO deliveries(id, event, action, repo, installation, sender, received_at, payload, state)
            VALUES (@Id, @Event, @Action, @Repo, @Installation, @Sender, @At, @Payload, 'new')
            ON CONFLICT(id) DO NOTHING
            """,
            new
            {
                delivery.Id,
                delivery.Event,
                delivery.Action,
                delivery.Repo,
                delivery.Installation,
                delivery.Sender,
                At = time.GetUtcNow(),
                delivery.Payload,
            }),
        cancellationToken);
}
