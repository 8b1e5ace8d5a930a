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
    [GeneratedRegex(@"(?:https?|ftp|data|javascript|mailto):\S+|www\.\S+|@[\w/-]+|(?:[\w.-]+/[\w.-]+)?#\d+|\bGH-\d+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Live { get; }

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
    public static string Block(string text)
    {
        var clean = Cut(Clean(text).ReplaceLineEndings("\n").Trim('\n'), MostCharacters);
        var fence = new string('`', Math.Max(3, LongestRun(clean) + 1));
        return $"{fence}text\n{clean}\n{fence}";
    }

    /// <summary>As prose: readable, but nothing in it is live.</summary>
    public static string Prose(string text)
    {
        var quiet = Cut(Clean(text).ReplaceLineEndings("\n").Trim(), MostCharacters)
            .Replace("`", "'", StringComparison.Ordinal)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal);
        var still = Live.Replace(quiet, m => $"`{m.Value}`");
        var lines = still.Split('\n').Select(l => l.TrimStart() is ['/' or '#' or '>' or '-' or '+' or '=' or '|', ..] ? $"\\{l.TrimStart()}" : l);
        return string.Join('\n', lines);
    }

    /// <summary>As prose on one line, for tables and titles.</summary>
    // Cut before it is quoted: half a code span would turn the next one inside out.
    public static string Line(string text) =>
        Prose(Cut(text.ReplaceLineEndings(" "), 400)).Replace("|", "\\|", StringComparison.Ordinal);

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
