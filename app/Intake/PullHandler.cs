using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;
using Muster.Core.Waves;

namespace Muster.App.Intake;

/// <summary>Pull requests that end, and branches that go away: respected, never re-created.</summary>
internal sealed class PullHandler(Ledger ledger, PullFate fate)
{
    public async Task<Taken> ClosedAsync(Payload payload, Pull pull, CancellationToken cancellationToken)
    {
        var repo = new RepoId(payload.Repository!.Id);
        var item = await ledger.ReadAsync(db => Rows.ItemOfPull(db, repo, new PullNumber(pull.Number)), cancellationToken);
        if (item is null)
        {
            // Somebody else's: an issue that it held may run now.
            return new Taken.Change(step => step.WantPlan());
        }

        ItemEvent happened = pull.IsMerged
            ? new ItemEvent.PullMerged(pull.MergedBy?.Login ?? payload.Login())
            : new ItemEvent.PullClosed(payload.Login());
        return new Taken.Change(step => Happen(step, item.Id, happened));
    }

    public async Task<Taken> BranchDeletedAsync(Payload payload, string branch, CancellationToken cancellationToken)
    {
        var repo = new RepoId(payload.Repository!.Id);
        var found = await ledger.ReadAsync(
            db => (Item: Rows.OpenItems(db, repo).FirstOrDefault(i => i.Branch == branch), Repository: Repositories.Find(db, repo)!),
            cancellationToken);
        if (found.Item is not { } item)
        {
            return new Taken.Nothing("Not a branch of ours, or no longer.");
        }

        var happened = await fate.OfAsync(found.Repository, item, new ItemEvent.BranchDeleted(payload.Login()), cancellationToken);
        return happened is null
            ? new Taken.Unknown("The pull request could not be asked.")
            : new Taken.Change(step => Happen(step, item.Id, happened));
    }

    private static void Happen(LedgerStep step, ItemId id, ItemEvent happened)
    {
        if (Rows.Item(step.Db, id) is { } item)
        {
            step.Happened(item, happened);
        }
    }
}

/// <summary>Tells a merge from other endings, when an event leaves it open.</summary>
internal sealed class PullFate(PullsApi pulls)
{
    /// <summary>The merge, where the item's pull request was merged; else what it seemed to be; null where nobody could be asked.</summary>
    public async Task<ItemEvent?> OfAsync(RepositoryRow repository, Item item, ItemEvent otherwise, CancellationToken cancellationToken)
    {
        if (item.Pull is not { } number)
        {
            return otherwise;
        }

        return await pulls.GetAsync(repository.Target, number, cancellationToken) switch
        {
            Answer<Pull>.Ok { Value: { IsMerged: true } pull } => new ItemEvent.PullMerged(pull.MergedBy?.Login ?? "somebody"),
            Answer<Pull>.Ok => otherwise,
            _ => null,
        };
    }
}
