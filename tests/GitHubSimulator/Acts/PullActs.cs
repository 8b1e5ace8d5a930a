using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>What can happen to a pull request beyond what happens to any issue.</summary>
internal static class PullActs
{
    public static async Task<Pull> OpenPullAsync(
        this Simulation sim, Repository repository, By by, (string Title, string? Body) text, (Repository? Fork, string Branch) head, string @base, bool draft)
    {
        var issue = sim.NewIssue(repository, by, text.Title, text.Body);
        var pull = new Pull
        {
            Id = sim.World.NextId(),
            Issue = issue,
            HeadBranch = head.Branch,
            HeadRepository = head.Fork,
            HeadSha = (head.Fork ?? repository).Branch(head.Branch)!,
            BaseBranch = @base,
            BaseSha = repository.Branch(@base)!,
            Draft = draft,
        };
        issue.Pull = pull;
        await HeadIsAsync(repository, pull, pull.HeadSha);
        sim.AnnouncePull(repository, pull, "opened", by);
        sim.CrossReference(repository, issue, text.Body, by);
        return pull;
    }

    /// <summary>Counts commits and lines anew: they change with the head and with the base branch.</summary>
    public static async Task CountAsync(this Repository repository, Pull pull)
    {
        var (from, commits) = await repository.RangeOfAsync(pull);
        var files = await repository.Git.DiffAsync(from, pull.HeadSha);
        pull.Size = new PullSize(commits.Count, files.Sum(f => f.Additions), files.Sum(f => f.Deletions), files.Count);
    }

    /// <summary>The commit its diff starts from, and its commits.</summary>
    public static async Task<(string From, IReadOnlyList<Commit> Commits)> RangeOfAsync(this Repository repository, Pull pull)
    {
        var tip = pull.Issue.Open ? repository.Branch(pull.BaseBranch) ?? pull.BaseSha : pull.BaseSha;
        var from = await repository.Git.MergeBaseAsync(tip, pull.HeadSha) ?? tip;
        return (from, await repository.Git.RangeAsync(tip, pull.HeadSha));
    }

    public static void AnnouncePull(this Simulation sim, Repository repository, Pull pull, string action, By by, Action<JsonObject>? more = null) =>
        sim.Announce.Say(repository, "pull_request", action, by, payload =>
        {
            payload["number"] = pull.Number;
            payload["pull_request"] = PullJson.Full(sim.World, repository, pull, null);
            more?.Invoke(payload);
        });

    public static void ReadyForReview(this Simulation sim, Repository repository, Pull pull, By by)
    {
        if (!pull.Draft)
            return;
        pull.Draft = false;
        pull.Issue.UpdatedAt = sim.World.Now;
        sim.Note(pull.Issue, "ready_for_review", by);
        sim.AnnouncePull(repository, pull, "ready_for_review", by);
    }

    public static void RebasePullOnto(this Simulation sim, Repository repository, Pull pull, string branch, By by)
    {
        if (branch == pull.BaseBranch)
            return;
        var (from, sha) = (pull.BaseBranch, pull.BaseSha);
        pull.BaseBranch = branch;
        pull.BaseSha = repository.Branch(branch)!;
        pull.Issue.UpdatedAt = sim.World.Now;
        sim.Note(pull.Issue, "base_ref_changed", by);
        sim.AnnouncePull(repository, pull, "edited", by, p => p["changes"] = new JsonObject
        {
            ["base"] = new JsonObject { ["ref"] = new JsonObject { ["from"] = from }, ["sha"] = new JsonObject { ["from"] = sha } },
        });
    }

    /// <summary>Open pull requests follow their head branch, close when it goes, and count as merged once their base contains it.</summary>
    public static async Task BranchMovedAsync(this Simulation sim, Repository repository, string branch, string? from, string? to, By by)
    {
        foreach (var (home, pull) in sim.HeadsIn(repository).Where(h => h.Pull.Issue.Open && h.Pull.HeadBranch == branch).ToList())
        {
            if (to is null)
            {
                sim.Note(pull.Issue, "head_ref_deleted", by);
                sim.CloseIssue(home, pull.Issue, null, by);
                continue;
            }

            if (from is not null && !await repository.Git.IsAncestorAsync(from, to))
                sim.Note(pull.Issue, "head_ref_force_pushed", by);
            pull.BaseSha = home.Branch(pull.BaseBranch) ?? pull.BaseSha;
            await HeadIsAsync(home, pull, to);
            pull.Issue.UpdatedAt = sim.World.Now;
            sim.AnnouncePull(home, pull, "synchronize", by, p =>
            {
                p["before"] = from ?? RefActs.Zero;
                p["after"] = to;
            });
        }

        foreach (var pull in repository.Pulls.Where(p => p.Issue.Open && p.BaseBranch == branch).ToList())
        {
            if (to is null)
                sim.CloseIssue(repository, pull.Issue, null, by);
            else if (from is not null && await repository.Git.IsAncestorAsync(pull.HeadSha, to))
                await sim.MergedAsync(repository, pull, to, from, by);
        }
    }

    /// <summary>The pull request has become part of its base: it closes, and so do the issues it names.</summary>
    public static async Task MergedAsync(this Simulation sim, Repository repository, Pull pull, string commit, string baseBefore, By by)
    {
        pull.BaseSha = baseBefore;
        pull.MergeCommitSha = commit;
        pull.MergedAt = sim.World.Now;
        pull.MergedBy = by.User;
        await repository.CountAsync(pull);
        sim.Note(pull.Issue, "merged", by, () => new JsonObject { ["commit_id"] = commit });
        sim.CloseIssue(repository, pull.Issue, null, by, commit);
        foreach (var issue in pull.Closes(repository))
            sim.CloseIssue(repository, issue, "completed", by, commit);
    }

    // Pull requests whose head is a branch of this repository, here and in the one it was forked from.
    private static IEnumerable<(Repository Home, Pull Pull)> HeadsIn(this Simulation sim, Repository repository) =>
        from home in sim.World.Repositories
        from pull in home.Pulls
        where (pull.HeadRepository ?? home) == repository
        select (home, pull);

    private static async Task HeadIsAsync(Repository repository, Pull pull, string sha)
    {
        pull.HeadSha = sha;
        pull.Heads.Add(sha);
        // GitHub keeps every head reachable, also when its branch has gone, and a fork's here as well.
        if (pull.HeadRepository is { } fork)
            await repository.Git.TextAsync("fetch", "--quiet", "--no-tags", fork.Git.Directory, "refs/heads/" + pull.HeadBranch);
        await repository.Git.UpdateRefAsync($"refs/pull/{pull.Number}/head", sha);
        await repository.CountAsync(pull);
        pull.Mergeability = null;
    }
}
