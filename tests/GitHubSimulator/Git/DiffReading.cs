using System.Globalization;
using System.Text;

namespace Muster.GitHubSimulator.Git;

internal static class DiffReading
{
    /// <summary>What changed from one commit or tree to another, as a pull request shows it.</summary>
    public static async Task<IReadOnlyList<DiffFile>> DiffAsync(this GitStore git, string from, string to)
    {
        if (git.Cache.Diffs.TryGetValue((from, to), out var known))
            return known;
        var meta = await git.TextAsync("diff", "-M", "--raw", "--numstat", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", from, to, "--");
        var text = await git.TextAsync("diff", "-M", "-U3", "--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/", from, to, "--");
        var patches = Patches(text).ToList();
        var files = Files(meta, patches);
        return git.Cache.Diffs.GetOrAdd((from, to), files);
    }

    // -z gives first all raw entries (:modes shas STATUS, path[, path]), then all numstat entries, both in the same order.
    private static List<DiffFile> Files(string meta, List<string?> patches)
    {
        var parts = new Queue<string>(meta.Split('\0'));
        var raw = new List<(string Status, string Blob, string Path, string? Previous)>();
        while (parts.Count > 0 && parts.Peek().StartsWith(':'))
        {
            var fields = parts.Dequeue().Split(' ');
            var first = parts.Dequeue();
            var renamed = fields[4][0] is 'R' or 'C';
            raw.Add((Status(fields[4][0]), fields[4][0] == 'D' ? fields[2] : fields[3], renamed ? parts.Dequeue() : first, renamed ? first : null));
        }

        var files = new List<DiffFile>();
        foreach (var (status, blob, path, previous) in raw)
        {
            var counts = parts.Dequeue().Split('\t');
            if (counts[2].Length == 0)
            {
                parts.Dequeue();
                parts.Dequeue();
            }

            var patch = files.Count < patches.Count ? patches[files.Count] : null;
            files.Add(new DiffFile(path, previous, status, Count(counts[0]), Count(counts[1]), blob, patch));
        }

        return files;
    }

    private static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static string Status(char letter) => letter switch
    {
        'A' => "added",
        'D' => "removed",
        'R' => "renamed",
        'C' => "copied",
        'T' => "changed",
        _ => "modified",
    };

    private static IEnumerable<string?> Patches(string diff)
    {
        StringBuilder? hunks = null;
        var inFile = false;
        foreach (var line in diff.Split('\n'))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                if (inFile)
                    yield return hunks?.ToString().TrimEnd('\n');
                (hunks, inFile) = (null, true);
            }
            else if (hunks is not null || line.StartsWith("@@", StringComparison.Ordinal))
            {
                (hunks ??= new StringBuilder()).Append(line).Append('\n');
            }
        }

        if (inFile)
            yield return hunks?.ToString().TrimEnd('\n');
    }
}
