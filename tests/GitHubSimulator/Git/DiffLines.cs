using System.Globalization;
using System.Text.RegularExpressions;

namespace Muster.GitHubSimulator.Git;

/// <summary>Where a comment may stand in one file's patch: lines shown, on the old and on the new side.</summary>
internal sealed partial class DiffLines
{
    private readonly List<(string Side, int Line, string Hunk)> rows = [];
    private readonly Dictionary<int, int> contextLeft = [];

    public DiffLines(string? patch)
    {
        var (left, right) = (0, 0);
        var hunk = new List<string>();
        foreach (var line in (patch ?? "").Split('\n'))
        {
            if (HunkHeader.Match(line) is { Success: true } header)
            {
                left = int.Parse(header.Groups[1].Value, CultureInfo.InvariantCulture);
                right = int.Parse(header.Groups[2].Value, CultureInfo.InvariantCulture);
                hunk = [line];
                // GitHub counts positions from the line below the first header; later headers take one.
                if (rows.Count > 0)
                    rows.Add(("", 0, line));
                continue;
            }

            hunk.Add(line);
            var text = string.Join('\n', hunk.Count > 4 ? [hunk[0], .. hunk[^3..]] : hunk);
            switch (line.Length == 0 ? '\0' : line[0])
            {
                case '+':
                    rows.Add(("RIGHT", right++, text));
                    break;
                case '-':
                    rows.Add(("LEFT", left++, text));
                    break;
                case ' ':
                    rows.Add(("BOTH", right++, text));
                    contextLeft.Add(rows.Count, left++);
                    break;
            }
        }
    }

    [GeneratedRegex(@"^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")]
    private static partial Regex HunkHeader { get; }

    /// <summary>The position of a line in the diff, from 1; null when the diff does not show it.</summary>
    public int? Position(string side, int line)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Side == side && rows[i].Line == line
                || rows[i].Side == "BOTH" && (side == "RIGHT" ? rows[i].Line : contextLeft[i + 1]) == line)
                return i + 1;
        }

        return null;
    }

    /// <summary>The line at a position; null when the diff has none there.</summary>
    public (string Side, int Line)? At(int position) =>
        position < 1 || position > rows.Count || rows[position - 1].Side is "" ? null
        : rows[position - 1].Side == "BOTH" ? ("RIGHT", rows[position - 1].Line) : (rows[position - 1].Side, rows[position - 1].Line);

    public string Hunk(int position) => rows[position - 1].Hunk;
}
