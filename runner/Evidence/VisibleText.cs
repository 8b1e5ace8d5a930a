using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Muster.Runner.Evidence;

/// <summary>Makes the output of strangers fit to be shown: no escape sequences, no invisible characters.</summary>
public static partial class VisibleText
{
    /// <summary>The end of it, at most this many characters, from the start of a line where there is one.</summary>
    public static string Tail(string text, int length)
    {
        var clean = Clean(text).TrimEnd();
        if (clean.Length <= length)
            return clean;
        var tail = clean[^length..];
        var line = tail.IndexOf('\n', StringComparison.Ordinal);
        return line >= 0 && line < length - 1 ? tail[(line + 1)..] : tail;
    }

    public static string Clean(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in Escapes.Replace(text, "").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate))
                builder.Append(rune);
        }

        return builder.ToString();
    }

    // CSI sequences, OSC sequences up to their end, and the rest of the two-character escapes.
    [GeneratedRegex(@"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])", RegexOptions.NonBacktracking)]
    private static partial Regex Escapes { get; }
}
