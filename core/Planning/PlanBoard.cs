using Muster.Core.Contracts;

namespace Muster.Core.Planning;

/// <summary>Everything about one plan that is worked out once and looked at often.</summary>
internal sealed class PlanBoard
{
    private readonly Dictionary<IssueNumber, IssueFacts> issues;
    private readonly Dictionary<IssueNumber, Contract> contracts;
    private readonly Dictionary<IssueNumber, LiveWork> live;
    private readonly Dictionary<IssueNumber, Footprint> footprints;
    private readonly Dictionary<IssueNumber, IReadOnlyList<IssueNumber>> rings = [];
    private readonly Dictionary<IssueNumber, Placement> settled = [];
    private readonly PathIndex tree;
    private readonly Overlaps overlaps;
    private readonly Dependencies dependencies;

    public PlanBoard(IReadOnlyCollection<IssueFacts> all, IReadOnlyCollection<LiveWork> begun, TreeFacts treeFacts)
    {
        tree = new PathIndex(treeFacts);
        issues = all.GroupBy(i => i.Number).ToDictionary(g => g.Key, g => g.MaxBy(i => i.Generation)!);
        // An issue that is planned anew is no longer in its own way.
        live = begun.Where(w => !issues.ContainsKey(w.Issue)).GroupBy(w => w.Issue).ToDictionary(g => g.Key, g => g.MinBy(w => w.Stage)!);
        Issues = [.. issues.Values.OrderBy(i => i.Number.Value)];
        contracts = Issues.Where(i => i.Reading is ContractReading.Understood).ToDictionary(i => i.Number, i => ((ContractReading.Understood)i.Reading).Contract);
        footprints = contracts.Select(c => (c.Key, c.Value)).Concat(live.Select(l => (l.Key, l.Value.Contract)))
            .ToDictionary(c => c.Key, c => Footprint.Of(c.Item2, tree));
        overlaps = new Overlaps(footprints);
        dependencies = new Dependencies(live, issues.Keys.ToHashSet());
        // What somebody else does already will end, and its ring with it.
        foreach (var ring in Cycles.In(contracts.Keys.Where(i => ExistingWorkRule.Place(issues[i]) is null).ToDictionary(i => i, DependsOn)))
        {
            foreach (var issue in ring)
                rings[issue] = ring;
        }
    }

    /// <summary>In order of number.</summary>
    public IReadOnlyList<IssueFacts> Issues { get; }

    public int Working => live.Values.Count(work => work.Stage == LiveStage.Working);

    /// <summary>Refused, where the issue cannot run as written.</summary>
    public Placement.Refused? Refuse(IssueFacts facts)
    {
        if (facts.Reading is ContractReading.Unreadable unreadable)
            return Refused(facts.Number, unreadable.Problems);
        var contract = contracts[facts.Number];
        List<LintProblem> problems = [.. facts.Lint, .. Dependencies.Missing(facts, contract)];
        var self = new IssueRef(null, facts.Number);
        if (contract.DependsOn.Contains(self) && !problems.Any(p => p.Field == "depends_on" && p.Message.Contains("itself", StringComparison.Ordinal)))
            problems.Add(new LintProblem("depends_on", $"{facts.Number} depends on itself.", ContractLint.DependsOn(contract.DependsOn.Where(d => d != self))));
        if (problems.Count > 0)
            return Refused(facts.Number, problems);
        if (!rings.TryGetValue(facts.Number, out var ring))
            return null;
        var words = PlanWords.Cycle(facts.Number, ring);
        return new Placement.Refused(words, [new LintProblem("depends_on", words, ContractLint.DependsOn(contract.DependsOn.Where(d => d.Repo is not null || !ring.Contains(d.Number))))]);
    }

    /// <summary>Tells the board who will not start at all: others that depend on them need a person.</summary>
    public void Settle(IReadOnlyDictionary<IssueNumber, Placement> placed)
    {
        foreach (var (issue, placement) in placed)
            settled[issue] = placement;
    }

    /// <summary>What keeps an issue from starting whatever else is chosen.</summary>
    public IReadOnlyList<WaitsFor> Waits(IssueNumber issue)
    {
        var facts = issues[issue];
        var waits = new List<WaitsFor>();
        if (facts.Held is { } why)
            waits.Add(new WaitsFor(null, WaitKind.Hold, PlanWords.Held(issue, why), PlanWords.ReleaseHeld(issue)));
        waits.AddRange(dependencies.Waits(facts, contracts[issue]).Select(wait => Blocked(issue, wait)));
        var awaited = waits.Select(wait => wait.Issue).ToHashSet();
        waits.AddRange(
            from other in overlaps.Of(issue).OrderBy(o => o.Value)
            where live.ContainsKey(other) && !awaited.Contains(other) && Meet(issue, other)
            let work = live[other]
            select new WaitsFor(
                other,
                WaitKind.Overlap,
                PlanWords.Overlap(issue, work, overlaps.Because(issue, other, tree)),
                work.Stage == LiveStage.Working ? null : PlanWords.MergeOrRelease(issue, work)));
        return waits;
    }

    /// <summary>What an issue that could start waits for because others go first.</summary>
    public IReadOnlyList<WaitsFor> WaitsForChosen(IssueNumber issue, IReadOnlyList<IssueNumber> chosen, int slots, int maxWave)
    {
        var first = chosen.Where(other => Meet(issue, other)).OrderBy(o => o.Value)
            .Select(other => new WaitsFor(other, WaitKind.Overlap, PlanWords.Overlap(issue, other, overlaps.Because(issue, other, tree)))).ToList();
        return first.Count > 0 ? first : [new WaitsFor(null, WaitKind.Capacity, PlanWords.Busy(issue, slots, maxWave))];
    }

    public Placement.Runs Runs(IssueNumber issue)
    {
        List<string> notes = [.. ExistingWorkRule.Notes(issues[issue])];
        if (footprints[issue].IsUnknown)
            notes.Add(PlanWords.UnknownFootprint(issue));
        return new Placement.Runs(notes, ExistingWorkRule.Earlier(issues[issue]));
    }

    /// <summary>Whether the two may not run side by side; a person's release ends that, whichever of them it was given to.</summary>
    public bool Meet(IssueNumber a, IssueNumber b) => overlaps.Meet(a, b) && !Releases(a, b) && !Releases(b, a);

    /// <summary>The most wanted first: what a person put first, then what the most others depend on, then the oldest.</summary>
    public IReadOnlyList<IssueNumber> InOrder(IReadOnlyCollection<IssueNumber> ready)
    {
        var dependents = contracts.Keys.SelectMany(from => DependsOn(from).Select(to => (from, to))).ToLookup(e => e.to, e => e.from);
        return
        [
            .. ready.OrderByDescending(issue => issues[issue].Priority).ThenByDescending(issue => Unblocks(issue, dependents)).ThenBy(issue => issue.Value),
        ];
    }

    public IReadOnlyList<PlanEdge> Edges(IReadOnlySet<IssueNumber> candidates)
    {
        var meeting =
            from issue in candidates
            from other in overlaps.Of(issue)
            where (live.ContainsKey(other) || (candidates.Contains(other) && other.Value < issue.Value)) && Meet(issue, other)
            select new PlanEdge(issue, other, WaitKind.Overlap, $"{issue} and {other} cannot run side by side, because {overlaps.Because(issue, other, null)}.");
        var needing =
            from issue in candidates
            from edge in dependencies.Waits(issues[issue], contracts[issue]).Select(wait => Needs(issue, wait))
            where edge is not null
            select edge;
        return [.. meeting.Concat(needing).OrderBy(e => e.From.Value).ThenBy(e => e.To.Value).ThenBy(e => e.Kind)];
    }

    private static PlanEdge? Needs(IssueNumber issue, WaitsFor wait) =>
        wait.Issue is { } on ? new PlanEdge(issue, on, WaitKind.Dependency, wait.Reason) : null;

    private static Placement.Refused Refused(IssueNumber issue, IReadOnlyList<LintProblem> problems) => new(
        problems is [{ Message: var only }] ? $"{issue} cannot run as written: {only}" : PlanWords.Refused(issue, problems.Count), problems);

    // A dependency that this very plan refuses, or leaves to somebody else, will not end by itself.
    private WaitsFor Blocked(IssueNumber issue, WaitsFor wait) => wait is { Issue: { } on, Attention: null } && settled.TryGetValue(on, out var placement)
        ? placement switch
        {
            Placement.Taken taken => wait with
            {
                Reason = $"{issue} depends on {on}, which {taken.Pull} is about.",
                Attention = $"Merge {taken.Pull} so that {on} is closed as completed, or comment `/dispatch release {issue.Value}`.",
            },
            _ => wait with
            {
                Reason = $"{issue} depends on {on}, which cannot run as written.",
                Attention = $"Mend the contract of {on} and label it again, or comment `/dispatch release {issue.Value}`.",
            },
        }
        : wait;

    private bool Releases(IssueNumber issue, IssueNumber from) =>
        issues.TryGetValue(issue, out var facts) && (facts.ReleasedFromAll || facts.Released.Contains(from));

    // Only what is still to be waited for: a dependency that is done or released ties nothing together.
    private IReadOnlyList<IssueNumber> DependsOn(IssueNumber issue)
    {
        var facts = issues[issue];
        return
        [
            .. contracts[issue].DependsOn
                .Where(d => d.Repo is null && !facts.ReleasedFromAll && !facts.Released.Contains(d.Number)
                    && facts.Dependencies.GetValueOrDefault(d) is not DependencyState.ClosedCompleted)
                .Select(d => d.Number),
        ];
    }

    private static int Unblocks(IssueNumber issue, ILookup<IssueNumber, IssueNumber> dependents)
    {
        var seen = new HashSet<IssueNumber>();
        var open = new Stack<IssueNumber>([issue]);
        while (open.TryPop(out var next))
        {
            foreach (var dependent in dependents[next].Where(d => d != issue && seen.Add(d)))
                open.Push(dependent);
        }
        return seen.Count;
    }
}
