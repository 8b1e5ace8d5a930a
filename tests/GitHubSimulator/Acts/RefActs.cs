using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>What follows when a branch or tag appears, moves or goes, however that came about.</summary>
internal static class RefActs
{
    public const string Zero = "0000000000000000000000000000000000000000";

    private const string Heads = "refs/heads/";
    private const int ListedCommits = 20;

    /// <summary>Compares git's refs with those last announced, and announces the difference.</summary>
    public static async Task NoticeRefsAsync(this Simulation sim, Repository repository, By by)
    {
        var now = await repository.Git.RefsAsync();
        var before = repository.Refs;
        var names = before.Keys.Union(now.Keys).Where(n => before.GetValueOrDefault(n) != now.GetValueOrDefault(n));
        foreach (var name in names.Order(StringComparer.Ordinal).ToList())
            await sim.RefMovedAsync(repository, name, before.GetValueOrDefault(name), now.GetValueOrDefault(name), by);
    }

    /// <summary>Moves one ref in git and lets everything follow; false when it was not where it was expected.</summary>
    public static async Task<bool> MoveRefAsync(this Simulation sim, Repository repository, string name, string to, By by)
    {
        var from = repository.Refs.GetValueOrDefault(name);
        if (!await repository.Git.UpdateRefAsync(name, to, from ?? Zero))
            return false;
        await sim.RefMovedAsync(repository, name, from, to, by);
        return true;
    }

    public static async Task DeleteRefAsync(this Simulation sim, Repository repository, string name, By by)
    {
        var from = repository.Refs[name];
        await repository.Git.TextAsync("update-ref", "-d", name, from);
        await sim.RefMovedAsync(repository, name, from, null, by);
    }

    /// <summary>Git has moved a ref; everything that follows from it follows here.</summary>
    public static async Task RefMovedAsync(this Simulation sim, Repository repository, string name, string? from, string? to, By by)
    {
        if (to is null)
            repository.Refs.Remove(name);
        else
            repository.Refs[name] = to;
        repository.PushedAt = sim.World.Now;

        if (from is null)
            sim.AnnounceRef(repository, "create", name, by);
        if (to is null)
            sim.AnnounceRef(repository, "delete", name, by);
        var forced = from is not null && to is not null && !await repository.Git.IsAncestorAsync(from, to);
        var commits = from is null || to is null ? [] : await repository.Git.RangeAsync(from, to);
        var head = to is null ? null : await repository.Git.CommitAsync(to);
        sim.Announce.Say(repository, "push", null, by, p => Push(sim, repository, p, (name, from, to), forced, commits, head, by));

        if (name.StartsWith(Heads, StringComparison.Ordinal))
            await sim.BranchMovedAsync(repository, name[Heads.Length..], from, to, by);
        if (name == Heads + repository.DefaultBranch && from is not null)
            sim.CloseByCommits(repository, commits, by);
    }

    private static void CloseByCommits(this Simulation sim, Repository repository, IReadOnlyList<Commit> commits, By by)
    {
        foreach (var commit in commits)
        {
            foreach (var issue in References.Closes(repository, commit.Message))
                sim.CloseIssue(repository, issue, "completed", by, commit.Sha);
        }
    }

    private static void AnnounceRef(this Simulation sim, Repository repository, string kind, string name, By by) =>
        sim.Announce.Say(repository, kind, null, by, payload =>
        {
            payload["ref"] = Short(name);
            payload["ref_type"] = name.StartsWith(Heads, StringComparison.Ordinal) ? "branch" : "tag";
            if (kind == "create")
            {
                payload["master_branch"] = repository.DefaultBranch;
                payload["description"] = null;
            }

            payload["pusher_type"] = "user";
        });

    private static string Short(string name) => name.Split('/', 3)[^1];

    private static void Push(
        Simulation sim, Repository repository, JsonObject payload, (string Ref, string? From, string? To) moved, bool forced, IReadOnlyList<Commit> commits, Commit? head, By by)
    {
        payload["ref"] = moved.Ref;
        payload["before"] = moved.From ?? Zero;
        payload["after"] = moved.To ?? Zero;
        payload["created"] = moved.From is null;
        payload["deleted"] = moved.To is null;
        payload["forced"] = forced;
        payload["base_ref"] = null;
        payload["compare"] = $"{RepositoryJson.Html(sim.World, repository)}/compare/{(moved.From ?? Zero)[..12]}...{(moved.To ?? Zero)[..12]}";
        payload["commits"] = Node.List(commits.TakeLast(ListedCommits).Select(c => CommitJson.Pushed(sim.World, repository, c)));
        payload["head_commit"] = head is null ? null : CommitJson.Pushed(sim.World, repository, head);
        payload["pusher"] = new JsonObject { ["name"] = by.User.Login, ["email"] = $"{by.User.Id}+{by.User.Login}@users.noreply.github.com" };
    }
}
