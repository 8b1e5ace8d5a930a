using System.Globalization;
using System.Text.RegularExpressions;

namespace FakeAgent.Review;

/// <summary>A line of the new side, with its number there.</summary>
internal sealed record NewLine(int Number, string Text, bool Added);

/// <summary>One hunk's new side.</summary>
internal sealed record Hunk(string File, IReadOnlyList<NewLine> Lines);

/// <summary>Finds the unified diff in a brief. A hunk's header says how long it is, so words after it are never taken for code.</summary>
internal static partial class DiffReader
{
    public static IReadOnlyList<Hunk> Read(string brief)
    {
        var hunks = new List<Hunk>();
        var file = "";
        var lines = brief.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith("+++ ", StringComparison.Ordinal))
                file = Path(lines[at][4..]);
            else if (file.Length > 0 && Header.Match(lines[at]) is { Success: true } header)
                hunks.Add(new Hunk(file, Body(lines, ref at, Count(header, "old"), Count(header, "new"), Number(header.Groups["start"].Value))));
        }

        return hunks;
    }

    private static List<NewLine> Body(string[] lines, ref int at, int old, int fresh, int number)
    {
        var body = new List<NewLine>();
        while ((old > 0 || fresh > 0) && at + 1 < lines.Length)
        {
            var line = lines[++at].TrimEnd('\r');
            var (sign, text) = line.Length == 0 ? (' ', "") : (line[0], line[1..]);
            if (sign == '\\')
                continue;
            old -= sign == '+' ? 0 : 1;
            if (sign == '-')
                continue;
            fresh--;
            body.Add(new NewLine(number++, text, sign == '+'));
        }

        return body;
    }

    private static int Count(Match header, string group) => header.Groups[group].Success ? Number(header.Groups[group].Value) : 1;

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string Path(string path)
    {
        path = path.TrimEnd('\r', '\t').Trim('"');
        return path.StartsWith("b/", StringComparison.Ordinal) ? path[2..] : path;
    }

    [GeneratedRegex(@"^@@ -\d+(?:,(?<old>\d+))? \+(?<start>\d+)(?:,(?<new>\d+))? @@")]
    private static partial Regex Header { get; }
}
