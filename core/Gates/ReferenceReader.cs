using System.Text;
using System.Text.RegularExpressions;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>Finds the places that still use a removed name, from the output of one <c>git grep</c> over the head's tree.</summary>
public static partial class ReferenceReader
{
    /// <summary>A name used more often than this is listed this far; one place is proof enough.</summary>
    public const int PlacesPerName = 20;

    /// <summary>What to run git with. The names go to standard input, one a line; exit code 1 means that none was found.</summary>
    public static IReadOnlyList<string> Arguments(CommitSha head) =>
        ["grep", "-z", "-n", "-w", "-I", "-F", "--full-name", "--no-color", "-f", "-", head.Value];

    /// <summary>
    /// Reads that output. A name that something at head still declares gets no places: its uses may mean that
    /// declaration, and a gate that guesses is worse than one that asks.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Place>> Read(IReadOnlyList<string> names, ReadOnlySpan<byte> grep)
    {
        var lines = Encoding.UTF8.GetString(grep).Split('\n').Select(Hit.Read).OfType<Hit>().ToLookup(h => h.Language);
        return names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => (IReadOnlyList<Place>)Places(name, lines.SelectMany(g => g)), StringComparer.Ordinal);
    }

    private static List<Place> Places(string name, IEnumerable<Hit> hits)
    {
        var places = new List<Place>();
        foreach (var hit in hits)
        {
            foreach (Match word in Regex.Matches(hit.Code, $@"\b{Regex.Escape(name)}\b"))
            {
                if (Declares(hit.Code, word))
                    return [];
                if (places.Count < PlacesPerName && (places.Count == 0 || places[^1] != hit.Place))
                    places.Add(hit.Place);
            }
        }

        return places;
    }

    // `Type Name(` declares; `return Name(` and `new Name(` use.
    private static bool Declares(string code, Match word) =>
        WordBefore.Match(code[..word.Index]) is { Success: true } before && !Expression.IsMatch(before.Groups[1].Value);

    [GeneratedRegex(@"([\w>\]?*)]+)\s+$")]
    private static partial Regex WordBefore { get; }

    [GeneratedRegex(@"^(return|await|new|throw|in|is|as|case|yield|not|and|or|else|do|when|where|goto|delete|typeof|instanceof|void|import|from|if|elif|while|until|then|extends|implements|raise|assert|lambda|print|go|defer|range|\w*\)|default|out|ref|base|with|export|echo|exec|time|move|dyn|impl|mut|use)$")]
    private static partial Regex Expression { get; }

    private sealed record Hit(Place Place, string Language, string Code)
    {
        // head:path NUL line NUL text
        public static Hit? Read(string line)
        {
            if (line.Split('\0') is not [var where, var number, var text] || where.IndexOf(':') is var colon && colon < 0)
                return null;
            var path = where[(colon + 1)..];
            return int.TryParse(number, out var at) ? new Hit(new Place(path, at), "", text) : null;
        }
    }
}
