using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>Which lines differ, by what they say: their order, indentation and blank lines are no substance.</summary>
internal static class ChangedLines
{
    /// <summary>The lines that <paramref name="text"/> has more often than <paramref name="other"/>.</summary>
    public static IReadOnlyList<string> Only(string? text, string? other)
    {
        var counts = Split(other).CountBy(line => line).ToDictionary();
        var only = new List<string>();
        foreach (var line in Split(text))
        {
            if (counts.GetValueOrDefault(line) is > 0 and var left)
                counts[line] = left - 1;
            else
                only.Add(line);
        }

        return only;
    }

    /// <summary>The first line at head that differs; null where there is no text at head.</summary>
    public static int? First(ChangedFile file)
    {
        if (file.After is not { } after)
            return null;
        var (now, was) = (after.Split('\n'), (file.Before ?? "").Split('\n'));
        var at = 0;
        while (at < now.Length && at < was.Length && now[at] == was[at])
            at++;
        return Math.Max(1, Math.Min(at + 1, now is [.., ""] ? now.Length - 1 : now.Length));
    }

    private static IEnumerable<string> Split(string? text) =>
        (text ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
