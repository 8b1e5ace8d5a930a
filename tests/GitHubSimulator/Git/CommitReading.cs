using System.Globalization;
using System.Text;

namespace Muster.GitHubSimulator.Git;

internal static class CommitReading
{
    private const string Format = "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B%x01";

    public static async Task<Commit?> CommitAsync(this GitStore git, string sha)
    {
        if (git.Cache.Commits.TryGetValue(sha, out var known))
            return known;
        var result = await git.RunAsync(["log", "-1", Format, sha, "--"]);
        if (result.ExitCode != 0)
            return null;
        var commit = Parse(Encoding.UTF8.GetString(result.Output)).FirstOrDefault();
        return commit is null ? null : git.Cache.Commits.GetOrAdd(commit.Sha, commit);
    }

    /// <summary>The commits reachable from <paramref name="to"/> and not from <paramref name="from"/>, oldest first.</summary>
    public static async Task<IReadOnlyList<Commit>> RangeAsync(this GitStore git, string from, string to)
    {
        if (!git.Cache.Ranges.TryGetValue((from, to), out var shas))
        {
            var text = await git.TextAsync("log", "--reverse", "--topo-order", Format, to, "^" + from, "--");
            var commits = Parse(text).ToList();
            foreach (var commit in commits)
                git.Cache.Commits.TryAdd(commit.Sha, commit);
            shas = git.Cache.Ranges.GetOrAdd((from, to), [.. commits.Select(c => c.Sha)]);
        }

        return [.. shas.Select(s => git.Cache.Commits[s])];
    }

    /// <summary>The commit a branch, tag, full ref or (short) id stands for.</summary>
    public static async Task<string?> ResolveAsync(this GitStore git, string name)
    {
        if (name.StartsWith('-') || name.Contains("..", StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal))
            return null;
        // A whole id needs no search, and usually no process: most callers hold one.
        if (name.Length == 40 && name.All(char.IsAsciiHexDigitLower) && await git.CommitAsync(name) is { } commit)
            return commit.Sha;
        foreach (var candidate in new[] { "refs/heads/" + name, "refs/tags/" + name, "refs/" + name, name })
        {
            var result = await git.RunAsync(["rev-parse", "--verify", "--quiet", candidate + "^{commit}"]);
            if (result.ExitCode == 0)
                return Encoding.UTF8.GetString(result.Output).Trim();
        }

        return null;
    }

    public static async Task<string?> MergeBaseAsync(this GitStore git, string one, string other)
    {
        if (git.Cache.MergeBases.TryGetValue((one, other), out var known))
            return known;
        var result = await git.RunAsync(["merge-base", one, other]);
        var found = result.ExitCode == 0 ? Encoding.UTF8.GetString(result.Output).Trim() : null;
        return git.Cache.MergeBases.GetOrAdd((one, other), found);
    }

    public static async Task<Dictionary<string, string>> RefsAsync(this GitStore git)
    {
        var text = await git.TextAsync("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/tags");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..], line => line[..line.IndexOf(' ', StringComparison.Ordinal)], StringComparer.Ordinal);
    }

    private static IEnumerable<Commit> Parse(string log) =>
        from record in log.Split('\u0001')
        let fields = record.TrimStart('\n').Split('\0')
        where fields.Length == 10
        select new Commit(
            fields[0],
            fields[1],
            fields[2].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new Signature(fields[3], fields[4], When(fields[5])),
            new Signature(fields[6], fields[7], When(fields[8])),
            fields[9].TrimEnd('\n'));

    private static DateTimeOffset When(string iso) =>
        DateTimeOffset.Parse(iso, CultureInfo.InvariantCulture).ToUniversalTime();
}
