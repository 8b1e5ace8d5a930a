using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core.Contracts;
using Muster.Core.Planning;

namespace Muster.App.Facts;

/// <summary>How the issues stand that others depend on. What cannot be asked is unknown, and who depends on it waits.</summary>
internal sealed class DependencyFacts(IssuesApi issues)
{
    public async Task<IReadOnlyDictionary<IssueRef, DependencyState>> ReadAsync(RepositoryRow repository, IEnumerable<IssueRef> wanted, CancellationToken cancellationToken)
    {
        var states = new Dictionary<IssueRef, DependencyState>();
        foreach (var issue in wanted.Distinct())
        {
            states[issue] = issue.Repo is null || issue.Repo.Equals(repository.Name)
                ? StateOf(await issues.GetAsync(repository.Target, issue.Number, cancellationToken))
                : DependencyState.OtherRepository;
        }

        return states;
    }

    private static DependencyState StateOf(Answer<Issue> answer) => answer switch
    {
        Answer<Issue>.Ok { Value.IsOpen: true } => DependencyState.Open,
        Answer<Issue>.Ok { Value.StateReason: "not_planned" } => DependencyState.ClosedNotPlanned,
        Answer<Issue>.Ok => DependencyState.ClosedCompleted,
        Answer<Issue>.NotFound => DependencyState.Missing,
        _ => DependencyState.Unknown,
    };
}
