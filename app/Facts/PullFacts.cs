using Muster.App.GitHub;
using Muster.App.Outbox;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Planning;

namespace Muster.App.Facts;

/// <summary>Finds out whether anyone is already on an issue: the first question a person would ask.</summary>
internal sealed class PullFacts(PullsApi pulls, Identities identities)
{
    /// <summary>Every pull request that belongs to an issue, by issue.</summary>
    public async Task<Answer<ILookup<IssueNumber, ExistingWork>>> ReadAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        var self = await identities.SelfAsync(GitHubIdentity.Author, cancellationToken);
        var listed = await self.ThenAsync(async me => (await pulls.ListAsync(repository.Target, "all", cancellationToken)).Select(all => (me, all)));
        return listed.Select(found => found.all
            .SelectMany(pull => Links(repository, pull).Select(link => (Issue: link.Key, Work: Work(pull, link.Value, found.me))))
            .ToLookup(x => x.Issue, x => x.Work));
    }

    private static IReadOnlyDictionary<IssueNumber, WorkLink> Links(RepositoryRow repository, Pull pull) =>
        WorkLinks.Of(repository.Name, pull.Title ?? "", pull.Body ?? "", pull.Head?.Ref ?? "");

    private static ExistingWork Work(Pull pull, WorkLink how, AppSelf me) => new(
        new PullNumber(pull.Number),
        pull.IsMerged ? WorkState.Merged : pull.IsOpen ? WorkState.Open : WorkState.Closed,
        string.Equals(pull.User?.Login, me.BotLogin, StringComparison.OrdinalIgnoreCase),
        how,
        pull.HtmlUrl ?? "",
        pull.Draft is true);
}
