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

    public async Task<Answer<RepoTree>> ReadAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        var fetched = await mirrors.FetchAsync(repository.Target, cancellationToken);
        var head = await fetched.ThenAsync(_ => mirrors.HeadAsync(repository.Target, repository.DefaultBranch, cancellationToken));
        return await head.ThenAsync(commit => AtAsync(repository, commit, cancellationToken));
    }

    private async Task<Answer<RepoTree>> AtAsync(RepositoryRow repository, CommitSha head, CancellationToken cancellationToken)
    {
        var paths = await mirrors.PathsAsync(repository.Target, head, cancellationToken);
        var tests = await paths.ThenAsync(_ => mirrors.TestNamesAsync(repository.Target, head, cancellationToken));
        var branches = await tests.ThenAsync(_ => mirrors.BranchesAsync(repository.Target, cancellationToken));
        var policy = await branches.ThenAsync(_ => PolicyAsync(repository, head, cancellationToken));
        return policy.Select(reading => new RepoTree(
            head,
            Value(branches),
            reading,
            new TreeFacts(Value(paths), Value(branches).Keys.ToHashSet(), Value(tests))));
    }

    private async Task<Answer<PolicyReading>> PolicyAsync(RepositoryRow repository, CommitSha head, CancellationToken cancellationToken) =>
        await mirrors.ReadFileAsync(repository.Target, head, PolicyPath, cancellationToken) switch
        {
            Answer<string>.NotFound => new Answer<PolicyReading>.Ok(new PolicyReading(RepoPolicy.Default, [])),
            var answer => answer.Select(RepoPolicyReader.Read),
        };

    private static T Value<T>(Answer<T> answer) => ((Answer<T>.Ok)answer).Value;
}
