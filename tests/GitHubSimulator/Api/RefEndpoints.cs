using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Refs and branches.</summary>
internal static class RefEndpoints
{
    private const string Resource = "Reference";

    public static void Map(ApiRoutes routes)
    {
        const string repository = "/repos/{owner}/{repo}";
        routes.Get(repository + "/git/ref/{**name}", Need.Read("contents"), c => Reply.Ok(Render(c, Find(c))));
        routes.Get(repository + "/git/matching-refs/{**name}", Need.Read("contents"), Matching);
        routes.Post(repository + "/git/refs", Need.Write("contents", Role.Write), CreateAsync);
        routes.Patch(repository + "/git/refs/{**name}", Need.Write("contents", Role.Write), UpdateAsync);
        routes.Delete(repository + "/git/refs/{**name}", Need.Write("contents", Role.Write), DeleteAsync);
        routes.Get(repository + "/branches", Need.Read("contents"), ListBranches);
        routes.Get(repository + "/branches/{**name}", Need.Read("contents"), BranchAsync);
    }

    private static JsonObject Render(Call call, string name) => new()
    {
        ["ref"] = name,
        ["node_id"] = "REF_" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(name)),
        ["url"] = $"{RepositoryJson.Api(call.World, call.Repository)}/git/{name}",
        ["object"] = new JsonObject
        {
            ["type"] = "commit",
            ["sha"] = call.Repository.Refs[name],
            ["url"] = $"{RepositoryJson.Api(call.World, call.Repository)}/git/commits/{call.Repository.Refs[name]}",
        },
    };

    private static string Find(Call call, int missing = 404)
    {
        var name = "refs/" + call.Route("name");
        if (call.Repository.Refs.ContainsKey(name))
            return name;
        throw missing == 404 ? ApiRefusal.NotFound() : new ApiRefusal(missing, "Reference does not exist");
    }

    private static Reply Matching(Call call)
    {
        var start = "refs/" + call.Route("name");
        var names = call.Repository.Refs.Keys.Where(n => n.StartsWith(start, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return Reply.Ok(Node.List(names.Select(n => Render(call, n))));
    }

    private static async Task<string> CommitAsync(Call call)
    {
        var sha = call.Text("sha") ?? throw ApiRefusal.Invalid(Resource, "sha", "missing_field");
        return sha.Length == 40 && await call.Repository.Git.CommitAsync(sha) is not null
            ? sha
            : throw new ApiRefusal(422, "Object does not exist");
    }

    private static async Task<Reply> CreateAsync(Call call)
    {
        var name = call.Text("ref") ?? throw ApiRefusal.Invalid(Resource, "ref", "missing_field");
        var valid = (name.StartsWith("refs/heads/", StringComparison.Ordinal) || name.StartsWith("refs/tags/", StringComparison.Ordinal))
            && (await call.Repository.Git.RunAsync(["check-ref-format", name])).ExitCode == 0;
        if (!valid)
            throw new ApiRefusal(422, "Reference name must start with 'refs/heads/' or 'refs/tags/' and be valid");
        var sha = await CommitAsync(call);
        if (call.Repository.Refs.ContainsKey(name) || !await call.Simulation.MoveRefAsync(call.Repository, name, sha, call.By))
            throw new ApiRefusal(422, "Reference already exists");
        return Reply.Created(Render(call, name));
    }

    private static async Task<Reply> UpdateAsync(Call call)
    {
        var name = Find(call, missing: 422);
        var sha = await CommitAsync(call);
        if (call.Flag("force") != true && !await call.Repository.Git.IsAncestorAsync(call.Repository.Refs[name], sha))
            throw new ApiRefusal(422, "Update is not a fast forward");
        if (sha != call.Repository.Refs[name] && !await call.Simulation.MoveRefAsync(call.Repository, name, sha, call.By))
            throw new ApiRefusal(409, "Reference cannot be updated");
        return Reply.Ok(Render(call, name));
    }

    private static async Task<Reply> DeleteAsync(Call call)
    {
        var name = Find(call, missing: 422);
        if (name == "refs/heads/" + call.Repository.DefaultBranch)
            throw new ApiRefusal(422, "Cannot delete the default branch");
        await call.Simulation.DeleteRefAsync(call.Repository, name, call.By);
        return Reply.NoContent;
    }

    private static Reply ListBranches(Call call)
    {
        const string heads = "refs/heads/";
        var names = call.Repository.Refs.Keys.Where(n => n.StartsWith(heads, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return call.Page([.. names], n => new JsonObject
        {
            ["name"] = n[heads.Length..],
            ["commit"] = new JsonObject
            {
                ["sha"] = call.Repository.Refs[n],
                ["url"] = $"{RepositoryJson.Api(call.World, call.Repository)}/commits/{call.Repository.Refs[n]}",
            },
            ["protected"] = false,
        });
    }

    private static async Task<Reply> BranchAsync(Call call)
    {
        var name = call.Route("name");
        var sha = call.Repository.Branch(name) ?? throw new ApiRefusal(404, "Branch not found");
        var api = $"{RepositoryJson.Api(call.World, call.Repository)}/branches/{name}";
        return Reply.Ok(new JsonObject
        {
            ["name"] = name,
            ["commit"] = CommitJson.Of(call.World, call.Repository, (await call.Repository.Git.CommitAsync(sha))!),
            ["_links"] = new JsonObject { ["self"] = api, ["html"] = $"{RepositoryJson.Html(call.World, call.Repository)}/tree/{name}" },
            ["protected"] = false,
            ["protection"] = new JsonObject { ["enabled"] = false },
            ["protection_url"] = api + "/protection",
        });
    }
}
