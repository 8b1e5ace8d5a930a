using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>Whether a pull request can be merged, and merging it with real commits.</summary>
internal static class MergeActs
{
    /// <summary>Asks git whether head and base merge; remembered until one of them moves.</summary>
    public static async Task<bool> MergesCleanlyAsync(this Repository repository, Pull pull)
    {
        if (repository.Branch(pull.BaseBranch) is not { } tip)
            return false;
        if (pull.Mergeability is { } known && known.Base == tip && known.Head == pull.HeadSha)
            return known.Clean;
        var clean = await repository.Git.MergeTreeAsync(tip, pull.HeadSha) is not null;
        pull.Mergeability = (tip, pull.HeadSha, clean);
        return clean;
    }

    /// <summary>Merges by one of GitHub's three methods; null when it cannot.</summary>
    public static async Task<string?> MergeAsync(this Simulation sim, Repository repository, Pull pull, string method, string? title, string? message, By by)
    {
        var git = repository.Git;
        var tip = repository.Branch(pull.BaseBranch)!;
        var author = new Signature(by.User.Login, $"{by.User.Id}+{by.User.Login}@users.noreply.github.com", sim.World.Now);
        string? commit;
        if (method == "rebase")
        {
            commit = await git.RebaseAsync(tip, pull.HeadSha, sim.World.Now);
        }
        else
        {
            if (await git.MergeTreeAsync(tip, pull.HeadSha) is not { } tree)
                return null;
            var (parents, text) = method == "squash"
                ? ([tip], await SquashMessageAsync(repository, pull, title, message))
                : (new[] { tip, pull.HeadSha }, MergeMessage(repository, pull, title, message));
            commit = await git.CommitTreeAsync(tree, parents, text, author, sim.World.Now);
        }

        if (commit is null)
            return null;
        var branch = "refs/heads/" + pull.BaseBranch;
        if (!await git.UpdateRefAsync(branch, commit, tip))
            throw new GitFailure($"{pull.BaseBranch} moved while the pull request was being merged");
        // Git first: who hears of the merge may fetch at once. The pull request next, or the branch's move would be
        // taken for somebody's push that merged it.
        await sim.MergedAsync(repository, pull, commit, tip, by);
        await sim.RefMovedAsync(repository, branch, tip, commit, by);
        return commit;
    }

    private static string MergeMessage(Repository repository, Pull pull, string? title, string? message) =>
        $"{title ?? $"Merge pull request #{pull.Number} from {repository.Owner.Login}/{pull.HeadBranch}"}\n\n{message ?? pull.Issue.Title}\n";

    private static async Task<string> SquashMessageAsync(Repository repository, Pull pull, string? title, string? message)
    {
        var (_, commits) = await repository.RangeOfAsync(pull);
        var single = commits.Count == 1 ? commits[0].Message.Split('\n', 2) : null;
        var subject = title ?? $"{single?[0] ?? pull.Issue.Title} (#{pull.Number})";
        var body = message ?? (single is null ? string.Join("\n\n", commits.Select(c => "* " + c.Message)) : single.ElementAtOrDefault(1)?.Trim() ?? "");
        return $"{subject}\n\n{body}".TrimEnd() + "\n";
    }
}
