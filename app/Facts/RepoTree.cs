using Muster.App.GitHub;
using Muster.App.Mirror;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Policy;

namespace Muster.App.Facts;

/// <summary>What a repository holds at the head of its default branch, and what its policy says there.</summary>
internal sealed record RepoTree(CommitSha Head, IReadOnlyDictionary<string, CommitSha> Branches, PolicyReading Policy, TreeFacts Facts);

/// <summary>Reads a repository's tree and policy from the app's own mirror.</summary>
internal sealed class RepoTreeReader(Mirrors mirrors)
{
    private const string PolicyPath = ".github/muster.yml";

    private readonly ByCommit<PolicyReading> policies = new(64);

    public async Task<Answer<RepoTree>> ReadAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        var fetched = await mirrors.FetchAsync(repository.Target, cancellationToken);
        var branches = await fetched.ThenAsync(_ => mirrors.BranchesAsync(repository.Target, cancellationToken));
        return await branches.ThenAsync(async all => all.TryGetValue(repository.DefaultBranch, out var head)
            ? await AtAsync(repository, head, all, cancellationToken)
            : new Answer<RepoTree>.Unknown($"The default branch {repository.DefaultBranch} is not there."));
    }

    private async Task<Answer<RepoTree>> AtAsync(
        RepositoryRow repository, CommitSha head, IReadOnlyDictionary<string, CommitSha> branches, CancellationToken cancellationToken)
    {
        var paths = await mirrors.PathsAsync(repository.Target, head, cancellationToken);
        var tests = await paths.ThenAsync(async p => (await mirrors.TestNamesAsync(repository.Target, head, cancellationToken)).Select(t => (Paths: p, Tests: t)));
        var policy = await tests.ThenAsync(async f =>
            (await policies.GetAsync(repository.RepoId, head, () => PolicyAsync(repository, head, cancellationToken))).Select(p => (Facts: f, Policy: p)));
        return policy.Select(read => new RepoTree(head, branches, read.Policy, new TreeFacts(read.Facts.Paths, branches.Keys.ToHashSet(), read.Facts.Tests)));
    }

    private async Task<Answer<PolicyReading>> PolicyAsync(RepositoryRow repository, CommitSha head, CancellationToken cancellationToken) =>
        await mirrors.ReadFileAsync(repository.Target, head, PolicyPath, cancellationToken) switch
        {
            Answer<string>.NotFound => new Answer<PolicyReading>.Ok(new PolicyReading(RepoPolicy.Default, [])),
            var answer => answer.Select(RepoPolicyReader.Read),
        };
}
