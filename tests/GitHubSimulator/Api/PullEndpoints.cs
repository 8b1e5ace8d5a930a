using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Pull requests: opening, looking, editing. Merging and reviewing have their own files.</summary>
internal static class PullEndpoints
{
    private const string Resource = "PullRequest";

    public static void Map(ApiRoutes routes)
    {
        const string pulls = "/repos/{owner}/{repo}/pulls";
        routes.Post(pulls, Need.Write("pull_requests", Role.Read), CreateAsync);
        routes.Get(pulls, Need.Read("pull_requests"), List);
        routes.Get(pulls + "/{number}", Need.Read("pull_requests"), GetAsync);
        routes.Patch(pulls + "/{number}", Need.Write("pull_requests", Role.Read), UpdateAsync);
        routes.Get(pulls + "/{number}/files", Need.Read("pull_requests"), FilesAsync);
        routes.Get(pulls + "/{number}/commits", Need.Read("pull_requests"), CommitsAsync);
    }

    private static async Task<Reply> CreateAsync(Call call)
    {
        var title = Limits.Title(Resource, call.Text("title"));
        var body = Limits.Body(Resource, call.Text("body"));
        var @base = call.Text("base") ?? throw ApiRefusal.Invalid(Resource, "base", "missing_field");
        var head = call.Text("head") ?? throw ApiRefusal.Invalid(Resource, "head", "missing_field");
        var pull = await OpenAsync(call, call.Repository, (title, body), head, @base, call.Flag("draft") ?? false);
        return Reply.Created(PullJson.Full(call.World, call.Repository, pull, null));
    }

    public static async Task<Pull> OpenAsync(Call call, Repository repository, (string Title, string? Body) text, string named, string @base, bool draft)
    {
        var (fork, head) = Head(call.World, repository, named);
        var into = repository.Branch(@base) ?? throw ApiRefusal.Invalid(Resource, "base", "invalid");
        var from = (fork ?? repository).Branch(head) ?? throw ApiRefusal.Invalid(Resource, "head", "invalid");
        if (draft && !repository.Drafts)
            throw ApiRefusal.Invalid(Resource, null, "custom", "Draft pull requests are not supported in this repository.");
        if (repository.Pulls.Any(p => p.Issue.Open && p.HeadRepository == fork && p.HeadBranch == head && p.BaseBranch == @base))
            throw ApiRefusal.Invalid(Resource, null, "custom", $"A pull request already exists for {(fork ?? repository).Owner.Login}:{head}.");
        if (fork is not null)
            await repository.Git.TextAsync("fetch", "--quiet", "--no-tags", fork.Git.Directory, "refs/heads/" + head);
        if (await repository.Git.MergeBaseAsync(into, from) is null)
            throw ApiRefusal.Invalid(Resource, null, "custom", $"The {head} branch has no history in common with {@base}");
        if ((await repository.Git.RangeAsync(into, from)).Count == 0)
            throw ApiRefusal.Invalid(Resource, null, "custom", $"No commits between {@base} and {head}");
        return await call.Simulation.OpenPullAsync(repository, call.By, text, (fork, head), @base, draft);
    }

    // branch or owner:branch; another owner's branch is in his fork.
    private static (Repository? Fork, string Branch) Head(World world, Repository repository, string head)
    {
        var colon = head.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return (null, head);
        var (owner, branch) = (head[..colon], head[(colon + 1)..]);
        if (owner.Equals(repository.Owner.Login, StringComparison.OrdinalIgnoreCase))
            return (null, branch);
        return world.Repositories.Find(r => r.Parent == repository && r.Owner.Login.Equals(owner, StringComparison.OrdinalIgnoreCase)) is { } fork
            ? (fork, branch)
            : throw ApiRefusal.Invalid(Resource, "head", "invalid");
    }

    private static Reply List(Call call)
    {
        var state = call.Query("state") ?? "open";
        var head = call.Query("head");
        var @base = call.Query("base");
        var owner = call.Repository.Owner.Login;
        // A head without its owner is no filter at all: GitHub ignores it.
        if (head?.Contains(':', StringComparison.Ordinal) != true)
            head = null;
        var found = call.Repository.Pulls.Where(p =>
            (state == "all" || p.Issue.State == state)
            && (head is null || head.Equals($"{p.HeadRepository?.Owner.Login ?? owner}:{p.HeadBranch}", StringComparison.OrdinalIgnoreCase))
            && (@base is null || p.BaseBranch == @base));
        Func<Pull, long> key = call.Query("sort") == "updated" ? p => p.Issue.UpdatedAt.Ticks : p => p.Issue.CreatedAt.Ticks;
        var ascending = call.Query("direction") == "asc" || (call.Query("direction") is null && call.Query("sort") is not (null or "created"));
        var sorted = ascending
            ? found.OrderBy(key).ThenBy(p => p.Number)
            : found.OrderByDescending(key).ThenByDescending(p => p.Number);
        return call.Page([.. sorted], p => PullJson.Of(call.World, call.Repository, p));
    }

    private static async Task<Reply> GetAsync(Call call)
    {
        var (repository, pull) = (call.Repository, call.Pull);
        await repository.CountAsync(pull);
        var clean = pull.Issue.Open ? await repository.MergesCleanlyAsync(pull) : (bool?)null;
        return Reply.Ok(PullJson.Full(call.World, repository, pull, clean));
    }

    private static async Task<Reply> UpdateAsync(Call call)
    {
        var (sim, repository, pull, by) = (call.Simulation, call.Repository, call.Pull, call.By);
        var issue = pull.Issue;
        if (issue.Author.User.Id != by.User.Id && !Access.Has(call.Actor, repository, Role.Write))
            throw new ApiRefusal(403, "Must have admin rights to Repository.");
        if (call.Text("state") is { } state && state is not ("open" or "closed"))
            throw ApiRefusal.Invalid(Resource, "state", "invalid");
        if (call.Text("base") is { } branch)
        {
            if (repository.Branch(branch) is null)
                throw ApiRefusal.Invalid(Resource, "base", "invalid");
            sim.RebasePullOnto(repository, pull, branch, by);
        }

        var title = call.Has("title") ? Limits.Title(Resource, call.Text("title")) : null;
        sim.EditIssue(repository, issue, title, (call.Has("body"), Limits.Body(Resource, call.Text("body"))), by);
        switch (call.Text("state"))
        {
            case "closed":
                sim.CloseIssue(repository, issue, null, by);
                break;
            case "open" when !issue.Open:
                if (pull.Merged || pull.HeadIsGone || (pull.HeadRepository ?? repository).Branch(pull.HeadBranch) is null)
                    throw ApiRefusal.Invalid(Resource, "state", "invalid", "state cannot be changed. The pull request cannot be reopened.");
                sim.ReopenIssue(repository, issue, by);
                break;
        }

        return await GetAsync(call);
    }

    private static async Task<Reply> FilesAsync(Call call)
    {
        var (repository, pull) = (call.Repository, call.Pull);
        var (from, _) = await repository.RangeOfAsync(pull);
        var files = await repository.Git.DiffAsync(from, pull.HeadSha);
        return call.Page(files, f => CommitJson.File(call.World, repository, pull.HeadSha, f));
    }

    private static async Task<Reply> CommitsAsync(Call call)
    {
        var (_, commits) = await call.Repository.RangeOfAsync(call.Pull);
        return call.Page<Commit>(commits, c => (JsonNode)CommitJson.Of(call.World, call.Repository, c));
    }
}
