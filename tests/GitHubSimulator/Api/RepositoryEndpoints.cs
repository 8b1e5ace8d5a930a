using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>The repository itself, its people, and the few endpoints that belong to nothing.</summary>
internal static class RepositoryEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}", Need.Read("metadata"), c => Reply.Ok(RepositoryJson.Full(c.World, c.Repository, RoleOf(c))));
        routes.Get("/repos/{owner}/{repo}/collaborators/{user}/permission", Need.Read("metadata"), Permission);
        routes.Get("/user", Need.Person, c => Reply.Ok(AccountJson.Profile(c.World, c.By.User)));
        routes.Get("/users/{user}", Need.Nothing, c => c.World.Accounts.TryGetValue(c.Route("user"), out var account)
            ? Reply.Ok(AccountJson.Profile(c.World, account))
            : throw ApiRefusal.NotFound());
        routes.Get("/zen", Need.Nothing, _ => Reply.Ok(JsonValue.Create("Keep it logically awesome.")));
        routes.Get("/rate_limit", Need.Nothing, RateLimit);
    }

    private static Role RoleOf(Call call) => call.Actor switch
    {
        Actor.Person { Account: var person } => call.Repository.RoleOf(person),
        Actor.Installed { Token.Permissions: var permissions } when Access.Grants(permissions, "contents", write: true) => Role.Write,
        _ => Role.Read,
    };

    private static Reply Permission(Call call)
    {
        if (!call.World.Accounts.TryGetValue(call.Route("user"), out var account))
            throw new ApiRefusal(404, $"{call.Route("user")} is not a user");
        var role = call.Repository.RoleOf(account);
        var user = AccountJson.Of(call.World, account);
        user["role_name"] = role.RoleName();
        user["permissions"] = RepositoryJson.Full(call.World, call.Repository, role)["permissions"]!.DeepClone();
        return Reply.Ok(new JsonObject { ["permission"] = role.Permission(), ["user"] = user, ["role_name"] = role.RoleName() });
    }

    private static Reply RateLimit(Call call)
    {
        // Asking costs nothing.
        var rate = call.Simulation.Limits.Headers(JournalDraft.Of(call.Http).Caller);
        JsonObject Limit() => new()
        {
            ["limit"] = rate.Limit,
            ["remaining"] = rate.Remaining,
            ["reset"] = rate.Reset.ToUnixTimeSeconds(),
            ["used"] = rate.Limit - rate.Remaining,
            ["resource"] = "core",
        };
        return Reply.Ok(new JsonObject
        {
            ["resources"] = new JsonObject { ["core"] = Limit(), ["search"] = Limit(), ["graphql"] = Limit() },
            ["rate"] = Limit(),
        });
    }
}
