using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Outbox.Actors;

/// <summary>Opens the pull request of an item: one for each head branch, whatever became of it.</summary>
internal sealed class PullActor(PullsApi pulls, Ledger ledger) : EffectActor<Effect.OpenPull>
{
    protected override async Task<Seen> ProbeAsync(Act<Effect.OpenPull> act, CancellationToken cancellationToken) =>
        Seen.Of(
            await pulls.FromBranchAsync(act.Target, act.Effect.Branch, cancellationToken),
            found => found.OrderBy(p => p.Number).FirstOrDefault() is { } pull ? ReceiptOf(pull, act.Effect.Head) : null);

    protected override async Task<Acted> ApplyAsync(Act<Effect.OpenPull> act, CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(db => Rows.Item(db, act.Effect.Item), cancellationToken) is not { State: ItemState.Publishing, Terms: { } terms } item)
        {
            return new Acted.Refused("The item has ended meanwhile.");
        }

        if (item.State != ItemState.Publishing)
        {
            // Cancelled while GitHub could not be reached: opened now, it would stand there with nobody to look after it.
            return new Acted.Refused("The work was stopped before its pull request was opened.");
        }

        var wanted = new NewPull(PullWords.Title(item), PullWords.Body(item, terms.Contract), item.Branch, terms.BaseBranch, Draft: true);
        return Acted.Of(await pulls.OpenAsync(act.Target, wanted, cancellationToken), made => ReceiptOf(made.Pull, act.Effect.Head));
    }

    private static Receipt ReceiptOf(Pull pull, CommitSha head) => new(pull.Number, pull.State, head, pull.User?.Login);
}

/// <summary>Takes the draft mark off.</summary>
internal sealed class ReadyActor(PullsApi pulls, GraphQl graph, Ledger ledger) : EffectActor<Effect.MarkReady>
{
    public override bool Makes(OutboxRow row) => false;

    protected override async Task<Seen> ProbeAsync(Act<Effect.MarkReady> act, CancellationToken cancellationToken) =>
        Seen.Of(
            await pulls.GetAsync(act.Target, act.Effect.Pull, cancellationToken),
            pull => pull.Draft is not true || !pull.IsOpen ? new Receipt(pull.Number) : null);

    protected override async Task<Acted> ApplyAsync(Act<Effect.MarkReady> act, CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(db => Rows.Item(db, act.Effect.Item), cancellationToken) is not { State: ItemState.Ready })
        {
            return new Acted.Refused("The item is not ready any more.");
        }

        var pull = await pulls.GetAsync(act.Target, act.Effect.Pull, cancellationToken);
        if (pull is Answer<Pull>.Ok { Value: var now } && now.Head?.Sha != act.Effect.Head.Value)
        {
            return new Acted.Refused("The pull request has moved on since it was approved.");
        }

        var marked = await pull.ThenAsync(p => graph.MarkReadyAsync(act.Target, p.NodeId ?? "", cancellationToken));
        return Acted.Of(marked, _ => new Receipt(act.Effect.Pull.Value));
    }
}
