using Muster.Core.Contracts;

namespace Muster.Core.Planning;

/// <summary>
/// Where a change will be, as far as the contract says: its files, its scope, and the paths its text names, without
/// what it excludes.
/// </summary>
public sealed class Footprint
{
    private readonly List<Glob> claims;
    private readonly List<Glob> excludes;

    private Footprint(List<Glob> claims, List<Glob> excludes) => (this.claims, this.excludes) = (claims, excludes);

    /// <summary>Nothing says where the change will be. It is taken to meet nothing, and the plan says so.</summary>
    public bool IsUnknown => claims.Count == 0;

    /// <summary>What may change, before <c>exclude</c>.</summary>
    internal IReadOnlyList<Glob> Claims => claims;

    public static Footprint Of(Contract contract, PathIndex tree)
    {
        var texts = contract.Files.Concat(contract.Scope).Concat(contract.Mentioned.SelectMany(tree.Resolve)).Distinct(StringComparer.Ordinal);
        return new Footprint([.. texts.Select(Glob.Parse).OfType<Glob>()], [.. contract.Exclude.Select(Glob.Parse).OfType<Glob>()]);
    }

    /// <summary>Where the two can touch the same path, in words that follow "because"; null where they cannot.</summary>
    /// <param name="tree">Gives an example from the paths there are; null leaves the example out.</param>
    public string? Collides(Footprint other, PathIndex? tree = null)
    {
        foreach (var mine in claims)
        {
            foreach (var theirs in other.claims)
            {
                if (!Meets(mine, other, theirs))
                    continue;
                if (mine.Text == theirs.Text)
                    return $"both may change `{mine}`";
                var common = IsExact(mine) ? mine.Text : IsExact(theirs) ? theirs.Text : tree?.Example(mine, theirs);
                return $"`{mine}` and `{theirs}` meet" + (common is null || common == mine.Text || common == theirs.Text ? "" : $", for example in `{common}`");
            }
        }
        return null;
    }

    /// <summary>Whether one claim of this footprint and one of another can touch the same path.</summary>
    internal bool Meets(Glob mine, Footprint other, Glob theirs) =>
        mine.MayMeet(theirs) && !excludes.Any(e => e.Covers(theirs)) && !other.excludes.Any(e => e.Covers(mine));

    private static bool IsExact(Glob glob) => !glob.Text.AsSpan().ContainsAny('*', '?', '{') && !glob.Text.EndsWith('/');
}
