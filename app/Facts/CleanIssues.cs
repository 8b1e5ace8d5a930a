using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Waves;

namespace Muster.App.Facts;

/// <summary>Open issues that could be started as they are.</summary>
/// <param name="Most">How many one command may start.</param>
internal sealed record CleanList(IReadOnlyList<Issue> Issues, int Most);

/// <summary>Finds every open issue whose contract lints clean, for <c>/dispatch all</c>.</summary>
internal sealed class CleanIssues(IssuesApi issues, RepoTreeReader trees)
{
    /// <returns>Null where GitHub could not be asked.</returns>
    public async Task<CleanList?> OfAsync(RepositoryRow repository, string? label, CancellationToken cancellationToken)
    {
        var tree = await trees.ReadAsync(repository, cancellationToken);
        var open = await tree.ThenAsync(async t => (await issues.OpenAsync(repository.Target, cancellationToken)).Select(all => (Tree: t, All: all)));
        return open is Answer<(RepoTree Tree, IReadOnlyList<Issue> All)>.Ok { Value: var found }
            ? new CleanList(
                [.. found.All.Where(i => !i.IsPull && !i.Carries(StateLabels.Retro) && (label is null || i.Carries(label)) && IsClean(i, found.Tree)).OrderBy(i => i.Number)],
                found.Tree.Policy.Policy.MaxWave)
            : null;
    }

    private static bool IsClean(Issue issue, RepoTree tree) =>
        ContractReader.Read(issue.Title ?? "", issue.Body ?? "", tree.Policy.Policy) is ContractReading.Understood understood
        && ContractLint.Check(understood.Contract, tree.Policy.Policy, tree.Facts, new IssueNumber(issue.Number)).Count == 0;
}
