using System.Globalization;
using System.Text;
using Muster.Core.Gates.Code;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>Finds the places that still use what a change removes, from the output of one <c>git grep</c> over the head's tree.</summary>
public static class ReferenceReader
{
    /// <summary>A name used more often than this is listed this far; one place is proof enough.</summary>
    public const int PlacesPerName = 20;

    /// <summary>
    /// What to run git with. <see cref="Destruction.RemovedNames"/> go to standard input, one a line; exit code 1 means that
    /// none was found. Without a name there is nothing to run.
    /// </summary>
    public static IReadOnlyList<string> Arguments(CommitSha head) =>
        ["grep", "-z", "-n", "-w", "-I", "-F", "--full-name", "--no-color", "-f", "-", head.Value];

    /// <summary>
    /// The change with its <see cref="Change.References"/> read from that output. A name that something at head still
    /// declares gets no places: its uses may mean that declaration, and a gate that guesses is worse than one that asks.
    /// </summary>
    public static Change Fill(Change change, ReadOnlySpan<byte> grep)
    {
        ArgumentNullException.ThrowIfNull(change);
        var lines = Encoding.UTF8.GetString(grep).Split('\n').Select(Line).OfType<SourceLine>();
        return change with { References = Places(RemovedSymbol.In(new ChangedCode(change)), lines) };
    }

    /// <summary>The same from the changed files alone, for a change whose names nobody looked up.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<Place>> Within(Change change, IReadOnlyList<RemovedSymbol> removed) =>
        Places(removed, change.Files.Where(f => f.After is not null && Families.Of(f.Path) is not null).SelectMany(f =>
            f.After!.Split('\n').Select((text, i) => SourceLine.Read(f.Path, i + 1, text))).OfType<SourceLine>());

    private static Dictionary<string, IReadOnlyList<Place>> Places(IReadOnlyList<RemovedSymbol> removed, IEnumerable<SourceLine> lines)
    {
        var names = removed.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        var hits = names.Count == 0 ? null : SourceLine.ByName(names, lines);
        return removed.GroupBy(r => r.Name, StringComparer.Ordinal).ToDictionary(
            g => g.Key,
            g => (IReadOnlyList<Place>)[.. g.SelectMany(r => Uses.Of(r, hits![g.Key], PlacesPerName)).Distinct().Take(PlacesPerName)],
            StringComparer.Ordinal);
    }

    // head:path NUL line NUL text
    private static SourceLine? Line(string hit)
    {
        if (hit.Split('\0') is not [var where, var number, var text] || !int.TryParse(number, CultureInfo.InvariantCulture, out var line))
            return null;
        return SourceLine.Read(where[(where.IndexOf(':', StringComparison.Ordinal) + 1)..], line, text.TrimEnd('\r'));
    }
}
