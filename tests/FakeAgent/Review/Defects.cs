using System.Text.RegularExpressions;

namespace FakeAgent.Review;

/// <summary>A defect and how to tell it: does it stand at this line of the hunk's new side?</summary>
internal sealed record Defect(string Name, string Title, string Why, double Confidence, Func<Hunk, int, bool> Stands);

/// <summary>What the reviewer looks for, and nothing else. Each is read from added lines and the lines around them.</summary>
internal static partial class Defects
{
    private const int Near = 12;

    public static IReadOnlyList<Defect> All { get; } =
    [
        new("off-by-one loops", "The loop runs one step past the end",
            "The condition admits the length itself as an index, which is out of range", 0.95, OffByOne),
        new("assignments in conditions", "A condition assigns instead of comparing",
            "A single = stores a value, so the test no longer depends on what was there", 0.9, (hunk, at) => Assigns.IsMatch(Code(hunk, at))),
        new("swallowed exceptions", "An exception is swallowed",
            "The handler is empty: a failure here looks like success", 0.85, Swallows),
        new("async void", "An async void method cannot be awaited",
            "Its exception ends the process, and no caller can wait for it", 0.9, (hunk, at) => AsyncVoid.IsMatch(Code(hunk, at)) && !Handler.IsMatch(Code(hunk, at))),
        new("injected SQL and shell commands", "A command is put together from text",
            "A value with a quote in it changes what is executed", 0.9, (hunk, at) => Injects.IsMatch(hunk.Lines[at].Text)),
        new("hard-coded credentials", "A credential stands in the source",
            "Everyone who can read the repository can use it", 0.85, (hunk, at) => !IsTest(hunk.File) && Secret.IsMatch(hunk.Lines[at].Text)),
        new("unguarded divisions", "A division by a count that may be zero",
            "Nothing before it rules out an empty collection", 0.8, Divides),
    ];

    public static bool IsCode(string file) => Path.GetExtension(file) is
        ".cs" or ".js" or ".ts" or ".tsx" or ".jsx" or ".java" or ".py" or ".go" or ".rs" or ".cpp" or ".c";

    private static bool OffByOne(Hunk hunk, int at)
    {
        if (Past.Match(Code(hunk, at)) is not { Success: true } loop)
            return IndexedByLength.IsMatch(Code(hunk, at));
        var index = new Regex($@"\[[^\]]*\b{Regex.Escape(loop.Groups["i"].Value)}\b[^\]]*\]");
        return Enumerable.Range(at, Math.Min(Near, hunk.Lines.Count - at)).Any(line => index.IsMatch(Code(hunk, line)));
    }

    private static bool Swallows(Hunk hunk, int at)
    {
        var here = Code(hunk, at);
        if (!here.Contains("catch", StringComparison.Ordinal) && !here.TrimStart().StartsWith("except", StringComparison.Ordinal))
            return false;
        var text = string.Join('\n', Enumerable.Range(at, Math.Min(3, hunk.Lines.Count - at)).Select(line => hunk.Lines[line].Text));
        return EmptyCatch.IsMatch(text);
    }

    private static bool Divides(Hunk hunk, int at)
    {
        if (Division.Match(Code(hunk, at)) is not { Success: true } division)
            return false;
        var name = Regex.Escape(division.Groups["name"].Value);
        var guard = new Regex($@"\b{name}\b[^;]*(?:==|!=|>|<|is)\s*|\b{name}\.(?:Any|IsEmpty)|\?|Math\.Max");
        return !Enumerable.Range(Math.Max(0, at - Near), Math.Min(at, Near)).Append(at)
            .Any(line => guard.IsMatch(line == at ? Code(hunk, line).Replace(division.Value, "", StringComparison.Ordinal) : Code(hunk, line)));
    }

    // Text in quotes and comments is no code.
    private static string Code(Hunk hunk, int at) => Words.Replace(hunk.Lines[at].Text, "\"\"");

    private static bool IsTest(string file) => file.Contains("test", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"""(?:[^""\\]|\\.)*""|//.*$|^\s*\*.*$|^\s*#.*$")]
    private static partial Regex Words { get; }

    [GeneratedRegex(@"\b(?:for|while)\b.*\b(?<i>\w+)\s*<=\s*[\w.\[\]]+?\.(?:Length|Count|length|Count\(\)|size\(\)|Length\(\))\s*[;)&|]")]
    private static partial Regex Past { get; }

    [GeneratedRegex(@"\b(?<name>\w+)\[\s*\k<name>\.(?:Length|Count|length)\s*\]")]
    private static partial Regex IndexedByLength { get; }

    [GeneratedRegex(@"\bif\s*\(\s*!?[\w.]+\s*=(?![=>~])")]
    private static partial Regex Assigns { get; }

    [GeneratedRegex(@"\bcatch\b\s*(?:\([^)]*\))?\s*(?:when\s*\(.*\))?\s*\{\s*\}|^\s*except\b[^:\n]*:\s*pass\b")]
    private static partial Regex EmptyCatch { get; }

    [GeneratedRegex(@"\basync\s+void\s+\w+\s*\(")]
    private static partial Regex AsyncVoid { get; }

    [GeneratedRegex(@"\(\s*object\??\s+\w+\s*,\s*\w*EventArgs")]
    private static partial Regex Handler { get; }

    [GeneratedRegex(@"""\s*(?:SELECT\b[^""]*\bFROM\b|INSERT\s+INTO\b|UPDATE\b[^""]*\bSET\b|DELETE\s+FROM\b)[^""]*""\s*\+|\$@?""\s*(?:SELECT\b[^""]*\bFROM\b|INSERT\s+INTO\b|UPDATE\b[^""]*\bSET\b|DELETE\s+FROM\b)[^""]*\{\w|\b(?:bash|sh)""\s*,\s*(?:\$""|""-c[^""]*""\s*\+)", RegexOptions.IgnoreCase)]
    private static partial Regex Injects { get; }

    [GeneratedRegex(@"\b\w*(?:password|passwd|secret|api_?key|access_?token|auth_?token)\w*""?\s*[:=]\s*[""'](?!env:|file:|\$|\{|<)[^""'\s{}<>]{8,}[""']", RegexOptions.IgnoreCase)]
    private static partial Regex Secret { get; }

    [GeneratedRegex(@"/\s*(?:\(\s*(?:double|float|decimal|int|long)\s*\)\s*)?(?<name>\w+)\.(?:Count|Length|length|Count\(\)|size\(\))(?![\w.])")]
    private static partial Regex Division { get; }
}
