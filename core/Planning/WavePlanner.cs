using Muster.Core.Contracts;
using Muster.Core.Policy;

namespace Muster.Core.Planning;

/// <summary>Places every issue of a wave: pure, deterministic, and blind to the order in which the issues come.</summary>
public static class WavePlanner
{
    /// <param name="issues">New and waiting issues.</param>
    /// <param name="live">Items that have begun already.</param>
    /// <param name="slots">How many may run at once, those of <paramref name="live"/> that work included.</param>
    public static WavePlan Plan(
        IReadOnlyCollection<IssueFacts> issues,
        IReadOnlyCollection<LiveWork> live,
        int slots,
        RepoPolicy policy,
        TreeFacts tree)
    {
        var board = new PlanBoard(issues, live, tree);
        var placed = new Dictionary<IssueNumber, Placement>();
        var candidates = new List<IssueNumber>();
        foreach (var facts in board.Issues)
        {
            if (ExistingWorkRule.Place(facts) is { } taken)
                placed[facts.Number] = taken;
            else if (board.Refuse(facts) is { } refused)
                placed[facts.Number] = refused;
            else
                candidates.Add(facts.Number);
        }

        // What has no way to start says so once everything that will never start is known.
        board.Settle(placed);
        var ready = new List<IssueNumber>();
        foreach (var issue in candidates)
        {
            if (board.Waits(issue) is { Count: > 0 } waits)
                placed[issue] = new Placement.Waits(waits);
            else
                ready.Add(issue);
        }

        var free = Math.Max(0, Math.Min(slots, policy.MaxWave) - board.Working);
        var chosen = Selection.Choose(board.InOrder(ready), board.Meet, free);
        foreach (var issue in ready)
            placed[issue] = chosen.Contains(issue) ? board.Runs(issue) : new Placement.Waits(board.WaitsForChosen(issue, chosen, slots, policy.MaxWave));

        return new WavePlan(
            placed.OrderBy(p => p.Key.Value).ToDictionary(),
            chosen.Count,
            Bound: null,
            board.Edges(candidates.ToHashSet()));
    }
}
