using System.Text.RegularExpressions;
using Muster.Core.Wire;

namespace Muster.Core.Gates.Code;

/// <summary>One line at head, with comments and strings blanked as far as one line can tell.</summary>
internal sealed partial record SourceLine(Place Place, Family Family, string Code)
{
    /// <summary>Nobody writes a longer line by hand; a bundle or a minified file proves nothing.</summary>
    private const int Longest = 2000;

    public static SourceLine? Read(string path, int line, string text)
    {
        if (Families.Of(path) is not { } family || text.Length > Longest || text.TrimStart() is ['*', ..])
            return null;
        return new SourceLine(new Place(path, line), family, CodeText.Clean(family, text));
    }

    /// <summary>The lines that hold each name as a whole word.</summary>
    public static ILookup<string, SourceLine> ByName(IReadOnlySet<string> names, IEnumerable<SourceLine> lines) => lines
        .SelectMany(line => Word.Matches(line.Code).Select(w => w.Value).Distinct().Where(names.Contains).Select(name => (name, line)))
        .ToLookup(pair => pair.name, pair => pair.line, StringComparer.Ordinal);

    [GeneratedRegex(@"[\w$]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }
}
