using System.Text.Json;
using Muster.App.Pumps;
using Muster.App.Telemetry;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;

namespace Muster.App.Intake;

/// <summary>Takes stored deliveries one by one and turns each into what it means. Webhooks are hints: every handler looks at what is true now.</summary>
internal sealed partial class IntakePump(Ledger ledger, EventHandlers handlers, InstallationHandler installations, Timings timings, ILogger<IntakePump> logger) : IPump
{
    private const int LongestPause = 300;
    private const int MostAttempts = 300;

    public TimeSpan Period => TimeSpan.FromSeconds(2);

    public async Task<bool> TurnAsync(CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(db => DeliveryRows.Due(db, ledger.Now), cancellationToken) is not { } due)
        {
            return false;
        }

        CrashPoint.Here("app.before-intake");
        try
        {
            await timings.MeasureAsync("2 intake", async () => { await TakeAsync(due, cancellationToken); return true; });
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // One delivery that cannot be taken must not keep the others waiting.
            Faulted(fault, due.Id, due.Event);
            await PutOffAsync(due, fault.Message, cancellationToken);
        }

        CrashPoint.Here("app.after-intake");
        return true;
    }

    private async Task TakeAsync(DeliveryRow delivery, CancellationToken cancellationToken)
    {
        var payload = Read(delivery);
        if (payload is not { Repository: { } repository })
        {
            await ledger.StepQuietlyAsync(db =>
            {
                var taken = payload is not null && installations.Take(db, delivery.Event, payload);
                DeliveryRows.Close(db, delivery.Id, taken ? "done" : "ignored", taken ? null : "It names no repository.");
                return true;
            }, cancellationToken);
            return;
        }

        await ledger.StepQuietlyAsync(db =>
        {
            Repositories.Learn(db, repository.Id, repository.FullName ?? "", payload.Installation?.Id, repository.DefaultBranch, repository.Private);
            if ((delivery.Event, payload.Action) is ("repository", "deleted"))
            {
                InstallationHandler.Gone(db, repository.Id);
            }

            return true;
        }, cancellationToken);
        switch (await handlers.TakeAsync(delivery.Event, payload, cancellationToken))
        {
            case Taken.Change change:
                await ledger.StepAsync(new RepoId(repository.Id), step =>
                {
                    change.Make(step);
                    DeliveryRows.Close(step.Db, delivery.Id, "done", null);
                }, cancellationToken);
                break;
            case Taken.Unknown unknown:
                await PutOffAsync(delivery, unknown.Why, cancellationToken);
                break;
            case Taken.Nothing nothing:
                await CloseAsync(delivery, "ignored", nothing.Why, cancellationToken);
                break;
        }
    }

    /// <summary>Tried again later, at longer and longer intervals; after a day it is given up and kept.</summary>
    private Task<bool> PutOffAsync(DeliveryRow delivery, string why, CancellationToken cancellationToken)
    {
        Postponed(delivery.Id, delivery.Event, why);
        var until = ledger.Now.AddSeconds(Math.Min(LongestPause, 1 << Math.Min(9, delivery.Attempts)));
        return ledger.StepQuietlyAsync(db =>
        {
            DeliveryRows.Postpone(db, delivery.Id, why, until);
            if (delivery.Attempts >= MostAttempts)
            {
                DeliveryRows.Close(db, delivery.Id, "failed", why);
            }

            return true;
        }, cancellationToken);
    }

    private Payload? Read(DeliveryRow delivery)
    {
        try
        {
            return Payload.Read(delivery.Payload);
        }
        catch (JsonException fault)
        {
            Unreadable(fault, delivery.Id, delivery.Event);
            return null;
        }
    }

    private Task<bool> CloseAsync(DeliveryRow delivery, string state, string note, CancellationToken cancellationToken) =>
        ledger.StepQuietlyAsync(db => { DeliveryRows.Close(db, delivery.Id, state, note); return true; }, cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {Id} ({Event}) failed; it will be tried again")]
    private partial void Faulted(Exception fault, string id, string @event);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} ({Event}) is put off: {Why}")]
    private partial void Postponed(string id, string @event, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} ({Event}) is not what GitHub sends")]
    private partial void Unreadable(Exception fault, string id, string @event);
}
