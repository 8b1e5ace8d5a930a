using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Facts;

/// <summary>Shows what a plan would do with an issue beside everything that waits, and does nothing.</summary>
internal sealed class PlanPreview(Ledger ledger, IssuesApi issues, PlanFactsReader facts)
{
    /// <returns>The answer; null where GitHub could not be asked.</returns>
    public async Task<string?> OfAsync(RepositoryRow repository, IssueNumber about, CancellationToken cancellationToken)
    {
        if (await issues.GetAsync(repository.Target, about, cancellationToken) is not Answer<Issue>.Ok { Value: var issue })
        {
            return null;
        }

        var waiting = await ledger.ReadAsync(
            db => Rows.OpenItems(db, repository.RepoId).Where(i => i.State is ItemState.Proposed or ItemState.Waiting && i.Issue != about).ToList(),
            cancellationToken);
        var asked = new Item
        {
            Id = default,
            Wave = default,
            Repo = repository.RepoId,
            Issue = about,
            Generation = 1,
            Snapshot = new Snapshot(issue.Title ?? "", issue.Body ?? "", issue.User?.Login ?? "somebody", ledger.Now, "", []),
        };
        return await facts.ReadAsync(repository, [.. waiting, asked], cancellationToken) is Answer<PlanFacts>.Ok { Value: var found }
            ? PreviewWords.Of(found.Plan())
            : null;
    }
}
