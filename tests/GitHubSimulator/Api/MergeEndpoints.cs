using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

internal static class MergeEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        const string merge = "/repos/{owner}/{repo}/pulls/{number}/merge";
        routes.Get(merge, Need.Read("pull_requests"), c => c.Pull.Merged ? Reply.NoContent : throw ApiRefusal.NotFound());
        routes.Put(merge, Need.Write("contents", Role.Write), MergeAsync);
    }

    private static async Task<Reply> MergeAsync(Call call)
    {
        var pull = call.Pull;
        var method = call.Text("merge_method") ?? "merge";
        if (method is not ("merge" or "squash" or "rebase"))
            throw ApiRefusal.Invalid("PullRequest", "merge_method", "invalid");
        if (!pull.Issue.Open || pull.Draft)
            throw new ApiRefusal(405, pull.Draft && pull.Issue.Open ? "Pull Request is still a draft" : "Pull Request is not mergeable");
        if (call.Text("sha") is { } expected && expected != pull.HeadSha)
            throw new ApiRefusal(409, "Head branch was modified. Review and try the merge again.");
        var commit = await call.Simulation.MergeAsync(
            call.Repository, pull, method, call.Text("commit_title"), call.Text("commit_message"), call.By);
        return commit is null
            ? throw new ApiRefusal(405, "Pull Request is not mergeable")
            : Reply.Ok(new JsonObject { ["sha"] = commit, ["merged"] = true, ["message"] = "Pull Request successfully merged" });
    }
}
