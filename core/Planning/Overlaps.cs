namespace Muster.Core.Planning;

/// <summary>
/// Who meets whom. Claims are kept by the fixed folder they begin with, and each is compared only with those whose folder
/// holds its own: what lies apart is never compared.
/// </summary>
internal sealed class Overlaps
{
    private readonly Dictionary<IssueNumber, HashSet<IssueNumber>> meets = [];
    private readonly IReadOnlyDictionary<IssueNumber, Footprint> footprints;

    public Overlaps(IReadOnlyDictionary<IssueNumber, Footprint> footprints)
    {
        this.footprints = footprints;
        var claims =
            (from footprint in footprints
             from claim in footprint.Value.Claims
             from folder in claim.Folders.Distinct()
             select (Issue: footprint.Key, Claim: claim, Folder: folder)).ToList();
        var byFolder = claims.ToLookup(claim => claim.Folder, StringComparer.Ordinal);
        foreach (var (issue, claim, folder) in claims)
        {
            foreach (var (other, theirs, _) in Holding(folder).SelectMany(around => byFolder[around]))
            {
                if (other != issue && !Meet(issue, other) && footprints[issue].Meets(claim, footprints[other], theirs))
                    Add(issue, other);
            }
        }
    }

    public IReadOnlyCollection<IssueNumber> Of(IssueNumber issue) => meets.GetValueOrDefault(issue) ?? [];

    public bool Meet(IssueNumber a, IssueNumber b) => meets.TryGetValue(a, out var others) && others.Contains(b);

    /// <summary>Why the two meet, in words that follow "because".</summary>
    public string Because(IssueNumber a, IssueNumber b, PathIndex? tree) => footprints[a].Collides(footprints[b], tree) ?? "they meet";

    // `a/b/` is held by itself, by `a/`, and by the root.
    private static IEnumerable<string> Holding(string folder)
    {
        yield return folder;
        for (var at = folder.Length - 1; at > 0; at--)
        {
            if (folder[at - 1] == '/')
                yield return folder[..at];
        }
        if (folder.Length > 0)
            yield return "";
    }

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
