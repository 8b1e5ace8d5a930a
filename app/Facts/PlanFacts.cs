using Microsoft.Data.Sqlite;
using Muster.App.GitHub;
using Muster.App.Runners;
using Muster.App.Waves;
using Muster.Core.Contracts;
using Muster.Core.Planning;
using Muster.Core.Policy;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Facts;

/// <summary>All that one plan looks at, gathered at one moment.</summary>
internal sealed record PlanFacts(
    RepoTree Tree,
    string DefaultBranch,
    IReadOnlyList<IssueFacts> Issues,
    IReadOnlyList<LiveWork> Live,
    int Slots,
    IReadOnlyList<AgentInfo> Agents)
{
    /// <summary>Whether everything was known; where not, the plan is made again soon.</summary>
    public bool Complete => Issues.All(i => i.Dependencies.Values.All(d => d != DependencyState.Unknown));

    /// <summary>What is wrong with the policy file, for people.</summary>
    public IReadOnlyList<string> PolicyProblems => [.. Tree.Policy.Problems.Select(p => p.Message)];

    public RepoPolicy Policy => Tree.Policy.Policy;

    public WavePlan Plan() => WavePlanner.Plan(Issues, Live, Slots, Policy, Tree.Facts);

    public Contract? ContractOf(Muster.Core.IssueNumber issue) =>
        (Issues.FirstOrDefault(i => i.Number == issue)?.Reading as ContractReading.Understood)?.Contract;
}

/// <summary>Gathers the facts of a plan in few calls: the tree, the pull requests, the dependencies, what is at work.</summary>
internal sealed class PlanFactsReader(Ledger ledger, RepoTreeReader trees, PullFacts pulls, TieFacts ties)
{
    public async Task<Answer<PlanFacts>> ReadAsync(RepositoryRow repository, IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        // Before the tree: what is merged by now is in the tree that is fetched after, so nothing is released onto a
        // head that lacks what it waited for. The other way round a merge in between would be missed.
        var placing = items.Select(i => i.Issue).ToHashSet();
        var live = await ledger.ReadAsync(db => Live(db, repository).Where(l => !placing.Contains(l.Issue)).ToList(), cancellationToken);
        var tree = await trees.ReadAsync(repository, cancellationToken);
        var asked = await tree.ThenAsync(async t =>
        {
            var read = items.Select(item => (Item: item, Reading: Read(item, t.Policy.Policy))).ToList();
            var named = read.SelectMany(r => DependsOn(r.Reading)).Where(d => IsHere(d, repository)).Select(d => d.Number);
            var known = await ties.ReadAsync(repository, [.. placing.Union(named)], cancellationToken);
            return known.Select(k => (Tree: t, Read: read, Ties: k));
        });
        var work = await asked.ThenAsync(async a => (await pulls.ReadAsync(repository, a.Ties, cancellationToken)).Select(w => (a.Tree, a.Read, a.Ties, Work: w)));
        return await work.ThenAsync(async found =>
        {
            var issues = found.Read.Select(r => Facts(r.Item, r.Reading, found.Tree, [.. found.Work[r.Item.Issue]], found.Ties, repository)).ToList();
            return await ledger.ReadAsync<Answer<PlanFacts>>(
                db => new Answer<PlanFacts>.Ok(new PlanFacts(
                    found.Tree,
                    repository.DefaultBranch,
                    issues,
                    live,
                    RunnerRegistry.AliveAt(db, ledger.Now).Sum(r => r.Slots),
                    [.. RunnerRegistry.AliveAt(db, ledger.Now).SelectMany(r => r.Agents)])),
                cancellationToken);
        });
    }

    private static ContractReading Read(Item item, RepoPolicy policy)
    {
        var reading = ContractReader.Read(item.Snapshot.Title, item.Snapshot.Body, policy);
        return item.Wish is { } wish && reading is ContractReading.Understood understood
            ? new ContractReading.Understood(understood.Contract with
            {
                Agent = new Dictionary<string, AgentChoice>(understood.Contract.Agent) { ["implement"] = wish },
            })
            : reading;
    }

    private static IssueFacts Facts(
        Item item, ContractReading reading, RepoTree tree, IReadOnlyList<ExistingWork> work, PlanTies ties, RepositoryRow repository)
    {
        var states = DependsOn(reading).Distinct().ToDictionary(d => d, d => IsHere(d, repository) ? ties.StateOf(d.Number) : DependencyState.OtherRepository);
        var blockers = ties.BlockersOf(item.Issue, repository.Name);
        foreach (var (blocker, state) in blockers)
        {
            states.TryAdd(blocker, state);
        }

        return new IssueFacts
        {
            Number = item.Issue,
            Title = item.Snapshot.Title,
            // What GitHub itself says blocks the issue counts as if its text had said so.
            Reading = reading is ContractReading.Understood read
                ? new ContractReading.Understood(read.Contract with { DependsOn = [.. read.Contract.DependsOn.Union(blockers.Keys)] })
                : reading,
            Lint = reading is ContractReading.Understood understood ? ContractLint.Check(understood.Contract, tree.Policy.Policy, tree.Facts, item.Issue) : [],
            Generation = item.Generation,
            ExistingWork = work,
            Dependencies = states,
            RunAnyway = item.Forced,
            Released = item.Released.ToHashSet(),
            ReleasedFromAll = item.ReleasedFromAll,
        };
    }

    private static IReadOnlyList<IssueRef> DependsOn(ContractReading reading) => reading is ContractReading.Understood u ? u.Contract.DependsOn : [];

    private static bool IsHere(IssueRef issue, RepositoryRow repository) => issue.Repo is null || issue.Repo.Equals(repository.Name);

    private static IEnumerable<LiveWork> Live(SqliteConnection db, RepositoryRow repository) =>
        from item in Rows.OpenItems(db, repository.RepoId)
        let stage = StageOf(item)
        let contract = item.Terms?.Contract
        where stage is not null && contract is not null
        select new LiveWork(item.Issue, stage.Value, contract, item.Pull);

    private static LiveStage? StageOf(Item item) => item.State switch
    {
        ItemState.Implementing or ItemState.Publishing or ItemState.Judging or ItemState.Fixing => LiveStage.Working,
        ItemState.Ready => LiveStage.Ready,
        ItemState.Parked when item.PullOpen => LiveStage.Parked,
        _ => null,
    };
}
