using Muster.Core.Contracts;

namespace Muster.Core.Planning;

/// <summary>The tree's paths, looked up by what people call them.</summary>
public sealed class PathIndex(TreeFacts tree)
{
    // More files of one name than this, and the name says nothing.
    private const int MostOfOneName = 5;

    private readonly Lazy<ILookup<string, string>> byName = new(() => tree.Paths.ToLookup(path => path[(path.LastIndexOf('/') + 1)..], StringComparer.Ordinal));

    private readonly Lazy<HashSet<string>> all = new(() => tree.Paths.ToHashSet(StringComparer.Ordinal));

    /// <summary>The paths meant by one that a text names: itself, or the few files whose path ends on it.</summary>
    public IEnumerable<string> Resolve(string mentioned)
    {
        if (all.Value.Contains(mentioned))
            return [mentioned];
        var meant = byName.Value[mentioned[(mentioned.LastIndexOf('/') + 1)..]]
            .Where(path => path.EndsWith("/" + mentioned, StringComparison.Ordinal))
            .Take(MostOfOneName + 1).Order(StringComparer.Ordinal).ToList();
        return meant.Count > MostOfOneName ? []
            : meant.Count > 0 ? meant
            // A path may be of a file that is to be made; a bare name, found nowhere, may be anything.
            : mentioned.Contains('/') ? [mentioned] : [];
    }

    /// <summary>Some path that both match, the same one at every call; null where the tree has none yet.</summary>
    public string? Example(Glob a, Glob b) => tree.Paths.FirstOrDefault(path => a.Matches(path) && b.Matches(path));
}
