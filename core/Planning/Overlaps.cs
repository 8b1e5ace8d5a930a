namespace Muster.Core.Planning;

/// <summary>Who meets whom. Only footprints that share a top folder are compared, so a wide repository costs little.</summary>
internal sealed class Overlaps
{
    private readonly Dictionary<IssueNumber, HashSet<IssueNumber>> meets = [];
    private readonly IReadOnlyDictionary<IssueNumber, Footprint> footprints;

    public Overlaps(IReadOnlyDictionary<IssueNumber, Footprint> footprints)
    {
        this.footprints = footprints;
        var byRoot = new Dictionary<string, List<IssueNumber>>(StringComparer.Ordinal);
        var anywhere = new List<IssueNumber>();
        foreach (var (issue, footprint) in footprints.Where(f => !f.Value.IsUnknown).OrderBy(f => f.Key.Value))
        {
            var near = footprint.Roots is { } roots
                ? roots.SelectMany(root => byRoot.GetValueOrDefault(root) ?? []).Concat(anywhere)
                : byRoot.Values.SelectMany(issues => issues).Concat(anywhere);
            foreach (var other in near.Distinct().Where(other => footprint.Collides(footprints[other]) is not null).ToList())
                Add(issue, other);
            if (footprint.Roots is null)
                anywhere.Add(issue);
            foreach (var root in footprint.Roots ?? [])
            {
                if (!byRoot.TryGetValue(root, out var issues))
                    byRoot[root] = issues = [];
                issues.Add(issue);
            }
        }
    }

    public IReadOnlyCollection<IssueNumber> Of(IssueNumber issue) => meets.GetValueOrDefault(issue) ?? [];

    public bool Meet(IssueNumber a, IssueNumber b) => meets.TryGetValue(a, out var others) && others.Contains(b);

    /// <summary>Why the two meet, in words that follow "because".</summary>
    public string Because(IssueNumber a, IssueNumber b, PathIndex? tree) => footprints[a].Collides(footprints[b], tree) ?? "they meet";

    private void Add(IssueNumber a, IssueNumber b)
    {
        foreach (var (one, other) in new[] { (a, b), (b, a) })
        {
            if (!meets.TryGetValue(one, out var others))
                meets[one] = others = [];
            others.Add(other);
        }
    }
}
