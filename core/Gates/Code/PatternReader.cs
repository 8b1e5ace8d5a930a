using System.Text.RegularExpressions;

namespace Muster.Core.Gates.Code;

/// <summary>Reads definitions by pattern, and confirms a removal by the name's absence: what is declared in any other way still counts.</summary>
internal static class PatternReader
{
    public static CodeFile? Read(Family family, string path, string text)
    {
        try
        {
            return Read(family, path, text, CodeText.Clean(family, text));
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static CodeFile Read(Family family, string path, string text, string clean)
    {
        var lines = new LineIndex(clean);
        var found = new List<Found>();
        foreach (Match match in Patterns.Of(family).Matches(clean))
        {
            var name = match.Groups["name"];
            found.Add(new Found(name.Value, match.Groups["type"].Success, match.Index, name.Index,
                Bodies.Find(family, clean, match.Index, name.Index + name.Length)));
        }

        var tests = PatternTests.Read(family, path, text, clean);
        var testLines = tests.Select(t => t.Line).ToHashSet();
        var definitions = found.Select(f => Define(f, found, clean, lines))
            .Select(d => testLines.Contains(d.Line) ? d with { Kind = DefinitionKind.Test } : d).ToList();
        var declared = definitions.Select(d => d.Name).ToHashSet(StringComparer.Ordinal);
        foreach (Match match in Patterns.Named.Matches(clean))
            declared.UnionWith(match.Groups["name"].Captures.Select(c => c.Value));
        return new CodeFile(definitions, tests, declared);
    }

    private static Definition Define(Found it, List<Found> all, string clean, LineIndex lines)
    {
        var (start, length) = it.Body.GetOffsetAndLength(clean.Length);
        var tokens = it.IsType ? [] : Patterns.Token.Matches(clean, start).TakeWhile(t => t.Index < start + length).Select(t => t.Value).ToList();
        var codeLines = clean.Substring(start, length).Split('\n').Count(l => l.Trim(' ', '\t', '\r', '{', '}', '(', ')', ';').Length > 0);
        var around = all.Where(o => o != it && o.Start < it.Start && o.Body.Start.Value < start && start + length <= o.Body.End.Value).ToList();
        return new Definition(
            it.IsType ? DefinitionKind.Type : DefinitionKind.Function, it.Name, string.Join('.', around.Select(o => o.Name)), "",
            lines.Of(it.NameAt), it.IsType ? 0 : codeLines, it.IsType ? 0 : codeLines, tokens, Local: around.Any(o => !o.IsType));
    }

    private sealed record Found(string Name, bool IsType, int Start, int NameAt, Range Body);
}

/// <summary>Answers which line an offset lies on.</summary>
internal sealed class LineIndex
{
    private readonly List<int> starts = [0];

    public LineIndex(string text)
    {
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            starts.Add(at + 1);
    }

    public int Of(int offset)
    {
        var at = starts.BinarySearch(offset);
        return at >= 0 ? at + 1 : ~at;
    }
}
