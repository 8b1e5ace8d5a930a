using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;
using Muster.Core.Waves;

namespace Muster.App.Intake;

/// <summary>Pull requests that end, and branches that go away: respected, never re-created.</summary>
internal sealed class PullHandler(Ledger ledger, PullsApi pulls, ReposApi repos, PullFate fate)
{
    public async Task<Taken> ClosedAsync(Payload payload, Pull pull, CancellationToken cancellationToken)
    {
        var repo = new RepoId(payload.Repository!.Id);
        var (item, repository) = await ledger.ReadAsync(
            db => (Rows.ItemOfPull(db, repo, new PullNumber(pull.Number)), Repositories.Find(db, repo)!), cancellationToken);
        if (item is null)
        {
            // Somebody else's: an issue that it held may run now.
            return new Taken.Change(step => step.WantPlan());
        }

        return await pulls.GetAsync(repository.Target, new PullNumber(pull.Number), cancellationToken) switch
        {
            Answer<Pull>.Unknown unknown => new Taken.Unknown(unknown.Why),
            Answer<Pull>.Ok { Value.IsOpen: true } => new Taken.Nothing("The pull request is open again."),
            Answer<Pull>.Ok { Value: var now } => Ended(item, now, payload),
            _ => Ended(item, pull, payload),
        };
    }

    private static Taken.Change Ended(Item item, Pull pull, Payload payload)
    {
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

        switch (await repos.BranchAsync(found.Repository.Target, branch, cancellationToken))
        {
            case Answer<CommitSha>.Unknown unknown:
                return new Taken.Unknown(unknown.Why);
            case Answer<CommitSha>.Refused refused:
                return new Taken.Unknown(refused.Message);
            case Answer<CommitSha>.Ok:
                return new Taken.Nothing("The branch stands there again.");
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
