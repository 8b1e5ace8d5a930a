using Muster.App.GitHub;
using Muster.App.Outbox;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Planning;

namespace Muster.App.Facts;

/// <summary>Finds out whether anyone is already on an issue: the first question a person would ask.</summary>
internal sealed class PullFacts(PullsApi pulls, Identities identities)
{
    /// <summary>Every pull request that belongs to an issue, by issue, the surest link of each.</summary>
    /// <param name="ties">Where GitHub told all that close an issue, the newest of those that are closed are enough besides: they may be called after it.</param>
    public async Task<Answer<ILookup<IssueNumber, ExistingWork>>> ReadAsync(RepositoryRow repository, PlanTies ties, CancellationToken cancellationToken)
    {
        var self = await identities.SelfAsync(GitHubIdentity.Author, repository.Target, cancellationToken);
        var listed = await self.ThenAsync(async me => (await ListAsync(repository, ties.Whole, cancellationToken)).Select(all => (me, all)));
        return listed.Select(found => found.all
            .SelectMany(pull => Links(repository, pull).Select(link => (Issue: link.Key, Work: Work(pull, link.Value, found.me))))
            .Concat(ties.ByIssue.SelectMany(tie => tie.Value.Pulls.Select(pull => (Issue: tie.Key, Work: Work(pull, found.me)))))
            .GroupBy(x => (x.Issue, x.Work.Pull), (key, same) => (key.Issue, Work: same.MinBy(x => x.Work.How).Work))
            .ToLookup(x => x.Issue, x => x.Work));
    }

    private async Task<Answer<IReadOnlyList<Pull>>> ListAsync(RepositoryRow repository, bool newest, CancellationToken cancellationToken)
    {
        if (!newest)
        {
            return await pulls.ListAsync(repository.Target, "all", cancellationToken);
        }

        var open = await pulls.ListAsync(repository.Target, "open", cancellationToken);
        return await open.ThenAsync(async all =>
            (await pulls.NewestClosedAsync(repository.Target, cancellationToken)).Select<IReadOnlyList<Pull>>(closed => [.. all, .. closed]));
    }

    private static IReadOnlyDictionary<IssueNumber, WorkLink> Links(RepositoryRow repository, Pull pull) =>
        WorkLinks.Of(repository.Name, pull.Title ?? "", pull.Body ?? "", pull.Head?.Ref ?? "");

    private static ExistingWork Work(Pull pull, WorkLink how, Ourselves me) => new(
        new PullNumber(pull.Number),
        pull.IsMerged ? WorkState.Merged : pull.IsOpen ? WorkState.Open : WorkState.Closed,
        me.Is(pull.User),
        how,
        pull.HtmlUrl ?? "",
        pull.Draft is true);

    private static ExistingWork Work(TiedPull pull, Ourselves me) => new(
        pull.Number,
        pull.Merged ? WorkState.Merged : pull.Open ? WorkState.Open : WorkState.Closed,
        IsOurs(pull.Author, me),
        pull.Closes ? WorkLink.Closes : WorkLink.Mentions,
        pull.Url ?? "",
        pull.Draft);

    private static bool IsOurs(string? login, Ourselves me) => string.Equals(login, me.Login, StringComparison.OrdinalIgnoreCase);
}
