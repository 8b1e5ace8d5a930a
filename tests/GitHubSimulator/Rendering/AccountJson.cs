using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class AccountJson
{
    public static JsonObject Of(World world, Account account)
    {
        // The brackets of slug[bot] are no part of a valid address.
        var login = Uri.EscapeDataString(account.Login);
        var api = $"{world.Url}/users/{login}";
        var html = account.IsBot ? $"{world.Url}/apps/{Uri.EscapeDataString(account.Login[..^"[bot]".Length])}" : $"{world.Url}/{login}";
        return new JsonObject
        {
            ["login"] = account.Login,
            ["id"] = account.Id,
            ["node_id"] = Node.Id(account.IsBot ? "BOT" : account.IsOrganization ? "O" : "U", account.Id),
            ["avatar_url"] = $"{world.Url}/avatars/u/{account.Id}",
            ["gravatar_id"] = "",
            ["url"] = api,
            ["html_url"] = html,
            ["followers_url"] = api + "/followers",
            ["following_url"] = api + "/following{/other_user}",
            ["gists_url"] = api + "/gists{/gist_id}",
            ["starred_url"] = api + "/starred{/owner}{/repo}",
            ["subscriptions_url"] = api + "/subscriptions",
            ["organizations_url"] = api + "/orgs",
            ["repos_url"] = api + "/repos",
            ["events_url"] = api + "/events{/privacy}",
            ["received_events_url"] = api + "/received_events",
            ["type"] = account.Type,
            ["user_view_type"] = "public",
            ["site_admin"] = false,
        };
    }

    public static JsonObject Organization(World world, Account account)
    {
        var api = $"{world.Url}/orgs/{Uri.EscapeDataString(account.Login)}";
        return new JsonObject
        {
            ["login"] = account.Login,
            ["id"] = account.Id,
            ["node_id"] = Node.Id("O", account.Id),
            ["url"] = api,
            ["repos_url"] = api + "/repos",
            ["events_url"] = api + "/events",
            ["hooks_url"] = api + "/hooks",
            ["issues_url"] = api + "/issues",
            ["members_url"] = api + "/members{/member}",
            ["public_members_url"] = api + "/public_members{/member}",
            ["avatar_url"] = $"{world.Url}/avatars/u/{account.Id}",
            ["description"] = null,
        };
    }

    /// <summary>The account as GET /user shows it to itself.</summary>
    public static JsonObject Profile(World world, Account account)
    {
        var json = Of(world, account);
        foreach (var name in new[] { "name", "company", "blog", "location", "email", "hireable", "bio", "twitter_username" })
            json[name] = name == "blog" ? "" : null;
        foreach (var name in new[] { "public_repos", "public_gists", "followers", "following" })
            json[name] = 0;
        json["created_at"] = "2020-01-01T00:00:00Z";
        json["updated_at"] = "2020-01-01T00:00:00Z";
        return json;
    }
}
