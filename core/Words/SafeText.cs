using System.Text.RegularExpressions;
using Muster.Core.Contracts;

namespace Muster.Core.Words;

/// <summary>
/// Makes text that others wrote fit to be posted in our name: it cannot mention anybody, close or link anything, load
/// an image, carry markup or give a command.
/// </summary>
public static partial class SafeText
{
    private const int MostCharacters = 6_000;

    /// <summary>Words like mentions, references, closing keywords and addresses: GitHub leaves all of them alone inside code.</summary>
    [GeneratedRegex(@"(?:https?|ftp|data|javascript|mailto|xmpp):\S+|www\.\S+|@[\w/-]+|(?:[\w.-]+/[\w.-]+)?#\d+|\bGH-\d+|^[ \t]*bors\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Live { get; }

    /// <summary>The same in a sentence of ours, where an issue of this repository may be named, but not closed.</summary>
    [GeneratedRegex(@"(?:https?|ftp|data|javascript|mailto|xmpp):\S+|www\.\S+|@[\w/-]+|[\w.-]+/[\w.-]+#\d+|\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#\d+|\bGH-\d+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex LiveInOurs { get; }

    /// <summary>As a code span on one line, whatever backticks it holds.</summary>
    public static string Code(string text)
    {
        var line = Clean(text).ReplaceLineEndings(" ").Trim();
        if (line.Length == 0)
        {
            return "(nothing)";
        }

        var fence = new string('`', LongestRun(line) + 1);
        var pad = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return $"{fence}{pad}{Cut(line, 300)}{pad}{fence}";
    }

    /// <summary>As a fenced block.</summary>
    public static string Block(string text, string language = "text")
    {
        var clean = Cut(Clean(text).ReplaceLineEndings("\n").Trim('\n'), MostCharacters);
        var fence = new string('`', Math.Max(3, LongestRun(clean) + 1));
        // Bots read what was written, fences or not, and take a command only at the very start of a line.
        var lines = clean.Split('\n').Select(l => l is ['/' or '@', ..] || l.StartsWith("bors", StringComparison.OrdinalIgnoreCase) ? $" {l}" : l);
        return $"{fence}{language}\n{string.Join('\n', lines)}\n{fence}";
    }

    /// <summary>As prose: readable, but nothing in it is live.</summary>
    public static string Prose(string text)
    {
        var still = Still(Live, Cut(Clean(text).ReplaceLineEndings("\n").Trim(), MostCharacters).Replace("`", "'", StringComparison.Ordinal));
        var lines = still.Split('\n').Select(l => l.TrimStart() is ['/' or '#' or '>' or '-' or '+' or '=' or '|' or '~', ..] ? $"\\{l.TrimStart()}" : l);
        return string.Join('\n', lines);
    }

    /// <summary>As prose on one line, for tables and titles.</summary>
    // Cut before it is quoted: half a code span would turn the next one inside out.
    public static string Line(string text)
    {
        var prose = Prose(Cut(text.ReplaceLineEndings(" "), 400));
        // A bar at the start has its backslash already; a second one would undo the first.
        return (prose.StartsWith("\\|", StringComparison.Ordinal) ? prose[1..] : prose).Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>
    /// A sentence of ours with others' words in backticks: those become code spans and the rest is prose, so that nothing
    /// comes alive even where the words bring backticks of their own and turn the sentence inside out.
    /// </summary>
    public static string Sentence(string text)
    {
        var parts = Clean(text).ReplaceLineEndings(" ").Split('`');
        return parts.Length % 2 == 0
            ? Line(text)
            : string.Concat(parts.Select((part, at) => at % 2 == 1 ? Code(part) : part.Length == 0 && at > 0 && at < parts.Length - 1 ? " " : Still(LiveInOurs, part)));
    }

    private static string Still(Regex live, string text) => live.Replace(
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal),
        m => $"`{m.Value}`");

    private static string Clean(string text) => InvisibleText.Strip(text).Text;

    private static string Cut(string text, int most) => text.Length <= most ? text : $"{text.AsSpan(0, most)}…";

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text.EnumerateRunes())
        {
            run = c.Value == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
