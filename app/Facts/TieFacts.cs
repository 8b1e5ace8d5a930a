using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Planning;

namespace Muster.App.Facts;

/// <summary>What GitHub knows of the issues of a plan. An issue that is not in it does not exist.</summary>
/// <param name="Whole">Every pull request that closes one of them is in it; else only what could be found without GraphQL.</param>
internal sealed record PlanTies(IReadOnlyDictionary<IssueNumber, IssueTies> ByIssue, bool Whole)
{
    /// <summary>How another issue stands that this plan's issues depend on.</summary>
    public DependencyState StateOf(IssueNumber issue) => ByIssue.TryGetValue(issue, out var ties) ? StateOf(ties.State, ties.StateReason) : DependencyState.Missing;

    /// <summary>What blocks an issue on GitHub itself, and how that stands; what is done in another repository blocks nothing.</summary>
    public IReadOnlyDictionary<IssueRef, DependencyState> BlockersOf(IssueNumber issue, RepoName here)
    {
        var blockers = new Dictionary<IssueRef, DependencyState>();
        foreach (var blocker in ByIssue.GetValueOrDefault(issue)?.BlockedBy ?? [])
        {
            var (local, state) = (blocker.Repo is null || blocker.Repo.Equals(here), StateOf(blocker.State, blocker.StateReason));
            if (local)
            {
                blockers[new IssueRef(null, blocker.Number)] = state;
            }
            else if (state != DependencyState.ClosedCompleted)
            {
                blockers[new IssueRef(blocker.Repo, blocker.Number)] = DependencyState.OtherRepository;
            }
        }

        return blockers;
    }

    private static DependencyState StateOf(string? state, string? reason) => (state, reason) switch
    {
        ("open", _) => DependencyState.Open,
        ("closed", "not_planned") => DependencyState.ClosedNotPlanned,
        ("closed", _) => DependencyState.ClosedCompleted,
        _ => DependencyState.Unknown,
    };
}

/// <summary>Asks how issues hang together: all of them in one question, or one by one where GraphQL is refused.</summary>
internal sealed class TieFacts(GraphQl graph, IssuesApi issues)
{
    public async Task<Answer<PlanTies>> ReadAsync(RepositoryRow repository, IReadOnlyCollection<IssueNumber> wanted, CancellationToken cancellationToken) =>
        await graph.TiesAsync(repository.Target, wanted, cancellationToken) switch
        {
            Answer<IReadOnlyDictionary<IssueNumber, IssueTies>>.Ok { Value: var all } => new Answer<PlanTies>.Ok(new PlanTies(all, Whole: true)),
            Answer<IReadOnlyDictionary<IssueNumber, IssueTies>>.Unknown unknown => new Answer<PlanTies>.Unknown(unknown.Why, unknown.RetryAt),
            _ => await OneByOneAsync(repository, wanted, cancellationToken),
        };

    private async Task<Answer<PlanTies>> OneByOneAsync(RepositoryRow repository, IReadOnlyCollection<IssueNumber> wanted, CancellationToken cancellationToken)
    {
        var ties = new Dictionary<IssueNumber, IssueTies>();
        foreach (var issue in wanted.Distinct())
        {
            var found = await issues.GetAsync(repository.Target, issue, cancellationToken);
            var blockers = await issues.BlockedByAsync(repository.Target, issue, cancellationToken);
            var timeline = await issues.TimelineAsync(repository.Target, issue, cancellationToken);
            // A server that has no dependencies says that they are not there; no answer at all may hide one.
            if (blockers is Answer<IReadOnlyList<Issue>>.Unknown || timeline is Answer<IReadOnlyList<TimelineEvent>>.Unknown)
            {
                return blockers.Then(_ => timeline).Select(_ => new PlanTies(ties, Whole: false));
            }

            if (found is not Answer<Issue>.NotFound)
            {
                var known = (found as Answer<Issue>.Ok)?.Value;
                ties[issue] = new IssueTies(
                    known?.State,
                    known?.StateReason,
                    [.. Pulls((timeline as Answer<IReadOnlyList<TimelineEvent>>.Ok)?.Value ?? [], repository.Name)],
                    [.. ((blockers as Answer<IReadOnlyList<Issue>>.Ok)?.Value ?? []).Select(b => new TiedIssue(b.Repo, new IssueNumber(b.Number), b.State, b.StateReason))]);
            }
        }

        return new Answer<PlanTies>.Ok(new PlanTies(ties, Whole: false));
    }

    private static IEnumerable<TiedPull> Pulls(IReadOnlyList<TimelineEvent> timeline, RepoName here) =>
        from happened in timeline
        let pull = happened is { Event: "cross-referenced", Source.Issue: { IsPull: true } issue } ? issue : null
        where pull is not null && (pull.Repo is null || pull.Repo.Equals(here))
        select new TiedPull(
            new PullNumber(pull.Number), pull.IsOpen, pull.PullRequest?.MergedAt is not null, Draft: false, pull.HtmlUrl, pull.User?.Login, Closes: false);
}
