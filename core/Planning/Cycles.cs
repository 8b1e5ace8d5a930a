namespace Muster.Core.Planning;

/// <summary>Finds issues that depend on each other in a ring: none of them could ever start.</summary>
internal static class Cycles
{
    /// <summary>Each ring, its members in order of number; an issue that depends on itself is none.</summary>
    public static IReadOnlyList<IReadOnlyList<IssueNumber>> In(IReadOnlyDictionary<IssueNumber, IReadOnlyList<IssueNumber>> dependencies)
    {
        // Whatever is left when everything that leads nowhere, and then everything that nothing leads to, is taken off
        // lies on a ring or between two; two issues share a ring when each is reached from the other.
        var left = Trim(Trim(dependencies.ToDictionary(d => d.Key, d => d.Value.Where(dependencies.ContainsKey).Where(to => to != d.Key).ToHashSet()), forward: true), forward: false);
        var reach = left.Keys.ToDictionary(issue => issue, issue => Reached(issue, left));
        var rings = new List<IReadOnlyList<IssueNumber>>();
        var named = new HashSet<IssueNumber>();
        foreach (var issue in left.Keys.OrderBy(i => i.Value).Where(i => reach[i].Contains(i)))
        {
            if (!named.Add(issue))
                continue;
            List<IssueNumber> ring = [issue, .. reach[issue].Where(other => other != issue && reach[other].Contains(issue))];
            named.UnionWith(ring);
            rings.Add([.. ring.OrderBy(i => i.Value)]);
        }
        return rings;
    }

    private static Dictionary<IssueNumber, HashSet<IssueNumber>> Trim(Dictionary<IssueNumber, HashSet<IssueNumber>> edges, bool forward)
    {
        var left = new Dictionary<IssueNumber, HashSet<IssueNumber>>(edges);
        for (var before = -1; before != left.Count;)
        {
            before = left.Count;
            var pointedAt = left.Values.SelectMany(to => to).ToHashSet();
            foreach (var issue in left.Keys.ToList())
            {
                if (forward ? !left[issue].Any(left.ContainsKey) : !pointedAt.Contains(issue))
                    left.Remove(issue);
            }
        }
        return left;
    }

    private static HashSet<IssueNumber> Reached(IssueNumber from, Dictionary<IssueNumber, HashSet<IssueNumber>> edges)
    {
        var reached = new HashSet<IssueNumber>();
        var open = new Stack<IssueNumber>([from]);
        while (open.TryPop(out var issue))
        {
            foreach (var to in edges[issue].Where(edges.ContainsKey))
            {
                if (reached.Add(to))
                    open.Push(to);
            }
        }
        return reached;
    }
}
