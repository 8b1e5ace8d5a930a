using System.Globalization;
using System.Text;

namespace Muster.GitHubSimulator.Git;

/// <summary>Merges made with plumbing, in the bare repository: nothing is ever checked out.</summary>
internal static class Merging
{
    private const string Robot = "GitHub";
    private const string RobotMail = "noreply@github.com";

    /// <summary>The tree that merging gives; null on a conflict.</summary>
    public static async Task<string?> MergeTreeAsync(this GitStore git, string into, string from)
    {
        var result = await git.RunAsync(["merge-tree", "--write-tree", "--no-messages", into, from]);
        return result.ExitCode switch
        {
            0 => Encoding.UTF8.GetString(result.Output).Split('\n')[0].Trim(),
            1 => null,
            _ => throw new GitFailure($"merge-tree ended with {result.ExitCode}: {result.Error.Trim()}"),
        };
    }

    /// <summary>The tree of a commit with one file put in or replaced; without a commit, of that file alone.</summary>
    public static async Task<string> WithFileAsync(this GitStore git, string? commit, string path, byte[] bytes)
    {
        var index = Path.Combine(git.Directory, $"index-{Guid.NewGuid():n}");
        var environment = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = index };
        async Task<string> RunAsync(ReadOnlyMemory<byte> input, params IReadOnlyList<string> args)
        {
            var result = await git.RunAsync(args, input, environment);
            return result.ExitCode == 0
                ? Encoding.UTF8.GetString(result.Output).Trim()
                : throw new GitFailure($"git {args[0]} ended with {result.ExitCode}: {result.Error.Trim()}");
        }

        try
        {
            var blob = await RunAsync(bytes, "hash-object", "-w", "--stdin");
            if (commit is not null)
                await RunAsync(default, "read-tree", commit);
            await RunAsync(default, "update-index", "--add", "--cacheinfo", $"100644,{blob},{path}");
            return await RunAsync(default, "write-tree");
        }
        finally
        {
            File.Delete(index);
        }
    }

    public static async Task<string> CommitTreeAsync(
        this GitStore git, string tree, IEnumerable<string> parents, string message, Signature author, DateTimeOffset now)
    {
        var args = new List<string> { "commit-tree", tree };
        foreach (var parent in parents)
            args.AddRange(["-p", parent]);
        var result = await git.RunAsync(args, Encoding.UTF8.GetBytes(message), new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = author.Name,
            ["GIT_AUTHOR_EMAIL"] = author.Email,
            ["GIT_AUTHOR_DATE"] = Stamp(author.At),
            ["GIT_COMMITTER_NAME"] = Robot,
            ["GIT_COMMITTER_EMAIL"] = RobotMail,
            ["GIT_COMMITTER_DATE"] = Stamp(now),
        });
        return result.ExitCode == 0
            ? Encoding.UTF8.GetString(result.Output).Trim()
            : throw new GitFailure($"commit-tree ended with {result.ExitCode}: {result.Error.Trim()}");
    }

    /// <summary>The commits of <paramref name="head"/> replayed on <paramref name="onto"/>; null when one does not apply.</summary>
    public static async Task<string?> RebaseAsync(this GitStore git, string onto, string head, DateTimeOffset now)
    {
        var current = onto;
        foreach (var commit in await git.RangeAsync(onto, head))
        {
            if (commit.Parents.Count != 1)
                continue;
            // merge-tree picks the merge base from history, so the current tree is given the replayed commit's own parent.
            var tree = (await git.TextAsync("rev-parse", current + "^{tree}")).Trim();
            var stand = await git.CommitTreeAsync(tree, commit.Parents, "stand-in", commit.Author, now);
            if (await git.MergeTreeAsync(stand, commit.Sha) is not { } merged)
                return null;
            if (merged != tree)
                current = await git.CommitTreeAsync(merged, [current], commit.Message, commit.Author, now);
        }

        return current;
    }

    public static async Task<bool> IsAncestorAsync(this GitStore git, string ancestor, string of) =>
        (await git.RunAsync(["merge-base", "--is-ancestor", ancestor, of])).ExitCode == 0;

    /// <summary>Moves a ref if it still is where it was thought to be.</summary>
    public static async Task<bool> UpdateRefAsync(this GitStore git, string name, string to, string? expected = null) =>
        (await git.RunAsync(expected is null ? ["update-ref", name, to] : ["update-ref", name, to, expected])).ExitCode == 0;

    private static string Stamp(DateTimeOffset at) => "@" + at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + " +0000";
}
