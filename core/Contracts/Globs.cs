namespace Muster.Core.Contracts;

/// <summary>Several patterns at once. A pattern that cannot be read matches nothing here: the lint has named it.</summary>
public sealed class Globs
{
    private readonly List<Glob> globs;

    public Globs(IEnumerable<string> patterns) => globs = [.. patterns.Select(Glob.Parse).OfType<Glob>()];

    public IReadOnlyList<Glob> All => globs;

    public bool Any => globs.Count > 0;

    public bool Matches(string path) => globs.Any(glob => glob.Matches(path));

    /// <inheritdoc cref="Glob.MayMeet"/>
    public static bool MayMeet(string a, string b) =>
        Glob.Parse(a) is { } one && Glob.Parse(b) is { } other && one.MayMeet(other);

    /// <summary>The paths that match one of <paramref name="a"/> and one of <paramref name="b"/>.</summary>
    public static IEnumerable<string> Common(Globs a, Globs b, IEnumerable<string> paths) =>
        paths.Where(path => a.Matches(path) && b.Matches(path));
}
