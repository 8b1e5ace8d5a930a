using Muster.App.GitHub;
using Muster.App.Intake;
using Muster.App.Outbox;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;

namespace Muster.App.Reconcile;

/// <summary>What must have happened to an item while nobody told us, read from what GitHub shows now.</summary>
internal sealed class MissedEvents(Ledger ledger, IssuesApi issues, PullsApi pulls, ReposApi repos)
{
    private const string Somebody = "somebody";

    /// <summary>Null where nothing did, or nobody can say.</summary>
    public async Task<ItemEvent?> OfAsync(RepositoryRow repository, Item item, CancellationToken cancellationToken)
    {
        if (item.Pull is { } number)
        {
            var pull = await pulls.GetAsync(repository.Target, number, cancellationToken);
            if (pull is not Answer<Pull>.Ok { Value: { } found })
            {
                return null;
            }

            if (!found.IsOpen)
            {
                return found.IsMerged
                    ? new ItemEvent.PullMerged(found.MergedBy?.Login ?? Somebody)
                    : await repos.BranchAsync(repository.Target, item.Branch, cancellationToken) is Answer<CommitSha>.NotFound
                        ? new ItemEvent.BranchDeleted(Somebody)
                        : new ItemEvent.PullClosed(Somebody);
            }
        }

        if (!item.IsLive || await issues.GetAsync(repository.Target, item.Issue, cancellationToken) is not Answer<Issue>.Ok { Value: var issue })
        {
            return null;
        }

        return issue.IsOpen ? await UnlabelledAsync(repository, item, issue, cancellationToken) : new ItemEvent.IssueClosed(Somebody);
    }

    /// <summary>The label that shows how the item stands is gone, and the issue's history says that a person took it off.</summary>
    private async Task<ItemEvent.StateLabelRemoved?> UnlabelledAsync(RepositoryRow repository, Item item, Issue issue, CancellationToken cancellationToken)
    {
        if (StateLabels.Of(item) is not { } label || !StateLabels.State.Contains(label) || issue.Carries(label)
            || await ledger.ReadAsync(db => OutboxRows.IsPending(db, repository.RepoId, StateLabels.ChangeKey(item)), cancellationToken)
            || await issues.TimelineAsync(repository.Target, item.Issue, cancellationToken) is not Answer<IReadOnlyList<TimelineEvent>>.Ok { Value: var history })
        {
            return null;
        }

        var last = history.LastOrDefault(e => e is { Event: "labeled" or "unlabeled", Label: { } changed } && changed.Is(label));
        return last is { Event: "unlabeled", Actor: { IsPerson: true, Login: { } by } } ? new ItemEvent.StateLabelRemoved(by) : null;
    }
}
