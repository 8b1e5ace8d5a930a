using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Api;

/// <summary>Commits, what hangs on them, and comparisons; refs may have slashes, encoded or not.</summary>
internal static class CommitEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/commits/{**rest}", Need.Read("contents|checks|pull_requests"), OfRefAsync);
        routes.Get("/repos/{owner}/{repo}/compare/{**basehead}", Need.Read("contents"), CompareAsync);
    }

    private static async Task<Reply> OfRefAsync(Call call)
    {
        var rest = call.Route("rest");
        if (Cut(rest, "/check-runs") is { } checkedRef)
        {
            Need.Read("checks").Check(call);
            return await CheckEndpoints.ListAsync(call, checkedRef);
        }

        if (Cut(rest, "/pulls") is { } pulledRef)
        {
            Need.Read("pull_requests").Check(call);
            return await PullsAsync(call, pulledRef);
        }

        Need.Read("contents").Check(call);
        var commit = await FindAsync(call, rest);
        var json = CommitJson.Of(call.World, call.Repository, commit);
        var parent = commit.Parents.Count > 0 ? commit.Parents[0] : await EmptyTreeAsync(call);
        var files = await call.Repository.Git.DiffAsync(parent, commit.Sha);
        var (added, removed) = (files.Sum(f => f.Additions), files.Sum(f => f.Deletions));
        json["stats"] = new JsonObject { ["additions"] = added, ["deletions"] = removed, ["total"] = added + removed };
        json["files"] = Node.List(files.Select(f => CommitJson.File(call.World, call.Repository, commit.Sha, f)));
        return Reply.Ok(json);
    }

    private static string? Cut(string rest, string end) => rest.EndsWith(end, StringComparison.Ordinal) ? rest[..^end.Length] : null;

    private static async Task<string> EmptyTreeAsync(Call call) =>
        (await call.Repository.Git.TextAsync("hash-object", "-t", "tree", "-w", "/dev/null")).Trim();

    private static async Task<Commit> FindAsync(Call call, string reference) =>
        await call.Repository.Git.ResolveAsync(reference) is { } sha && await call.Repository.Git.CommitAsync(sha) is { } commit
            ? commit
            : throw new ApiRefusal(422, $"No commit found for SHA: {reference}");

    private static async Task<Reply> PullsAsync(Call call, string reference)
    {
        var commit = await FindAsync(call, reference);
        var found = new List<State.Pull>();
        foreach (var pull in call.Repository.Pulls)
        {
            if (pull.HeadSha == commit.Sha || pull.MergeCommitSha == commit.Sha
                || await call.Repository.Git.IsAncestorAsync(commit.Sha, pull.HeadSha) && !await call.Repository.Git.IsAncestorAsync(commit.Sha, pull.BaseSha))
                found.Add(pull);
        }

        return call.Page(found, p => PullJson.Of(call.World, call.Repository, p));
    }

    private static async Task<Reply> CompareAsync(Call call)
    {
        var names = call.Route("basehead").Split("...");
        if (names.Length != 2)
            throw ApiRefusal.NotFound();
        var git = call.Repository.Git;
        var from = await git.ResolveAsync(Local(call, names[0])) ?? throw ApiRefusal.NotFound();
        var to = await git.ResolveAsync(Local(call, names[1])) ?? throw ApiRefusal.NotFound();
        var middle = await git.MergeBaseAsync(from, to)
            ?? throw new ApiRefusal(404, $"No common ancestor between {names[0]} and {names[1]}.");
        var (world, repository) = (call.World, call.Repository);
        var (ahead, behind) = (await git.RangeAsync(from, to), await git.RangeAsync(to, from));
        var address = $"{RepositoryJson.Html(world, repository)}/compare/{names[0]}...{names[1]}";
        return Reply.Ok(new JsonObject
        {
            ["url"] = $"{RepositoryJson.Api(world, repository)}/compare/{names[0]}...{names[1]}",
            ["html_url"] = address,
            ["permalink_url"] = address,
            ["diff_url"] = address + ".diff",
            ["patch_url"] = address + ".patch",
            ["base_commit"] = CommitJson.Of(world, repository, (await git.CommitAsync(from))!),
            ["merge_base_commit"] = CommitJson.Of(world, repository, (await git.CommitAsync(middle))!),
            ["status"] = (ahead.Count, behind.Count) switch { (0, 0) => "identical", (_, 0) => "ahead", (0, _) => "behind", _ => "diverged" },
            ["ahead_by"] = ahead.Count,
            ["behind_by"] = behind.Count,
            ["total_commits"] = ahead.Count,
            ["commits"] = Node.List(ahead.Select(c => CommitJson.Of(world, repository, c))),
            ["files"] = Node.List((await git.DiffAsync(middle, to)).Select(f => CommitJson.File(world, repository, to, f))),
        });
    }

    private static string Local(Call call, string name) =>
        name.StartsWith(call.Repository.Owner.Login + ":", StringComparison.OrdinalIgnoreCase) ? name[(call.Repository.Owner.Login.Length + 1)..] : name;
}
