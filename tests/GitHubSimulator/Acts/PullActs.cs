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
        this Simulation sim, Repository repository, By by, (string Title, string? Body) text, string head, string @base, bool draft)
    {
        var issue = sim.NewIssue(repository, by, text.Title, text.Body);
        var pull = new Pull
        {
            Id = sim.World.NextId(),
            Issue = issue,
            HeadBranch = head,
            HeadSha = repository.Branch(head)!,
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
        foreach (var pull in repository.Pulls.Where(p => p.Issue.Open && p.HeadBranch == branch).ToList())
        {
            if (to is null)
            {
                sim.Note(pull.Issue, "head_ref_deleted", by);
                sim.CloseIssue(repository, pull.Issue, null, by);
                continue;
            }

            if (from is not null && !await repository.Git.IsAncestorAsync(from, to))
                sim.Note(pull.Issue, "head_ref_force_pushed", by);
            pull.BaseSha = repository.Branch(pull.BaseBranch) ?? pull.BaseSha;
            await HeadIsAsync(repository, pull, to);
            pull.Issue.UpdatedAt = sim.World.Now;
            sim.AnnouncePull(repository, pull, "synchronize", by, p =>
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
        if (pull.BaseBranch != repository.DefaultBranch)
            return;
        foreach (var issue in References.Closes(repository, pull.Issue.Body))
            sim.CloseIssue(repository, issue, "completed", by, commit);
    }

    private static async Task HeadIsAsync(Repository repository, Pull pull, string sha)
    {
        pull.HeadSha = sha;
        pull.Heads.Add(sha);
        // GitHub keeps every head reachable, also when its branch has gone.
        await repository.Git.UpdateRefAsync($"refs/pull/{pull.Number}/head", sha);
        await repository.CountAsync(pull);
        pull.Mergeability = null;
    }
}
