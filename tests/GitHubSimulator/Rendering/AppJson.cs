using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class AppJson
{
    public static JsonObject Of(World world, AppRegistration app) => new()
    {
        ["id"] = app.Id,
        ["client_id"] = $"Iv1.{app.Id:x16}",
        ["slug"] = app.Slug,
        ["node_id"] = Node.Id("A", app.Id),
        ["owner"] = AccountJson.Of(world, app.Owner),
        ["name"] = app.Slug,
        ["description"] = "",
        ["external_url"] = $"{world.Url}/apps/{app.Slug}",
        ["html_url"] = $"{world.Url}/apps/{app.Slug}",
        ["created_at"] = Node.Date(app.CreatedAt),
        ["updated_at"] = Node.Date(app.CreatedAt),
        ["permissions"] = Permissions(app.Permissions),
        ["events"] = Node.Words(app.Events),
    };

    public static JsonNode? Via(World world, AppRegistration? app) => app is null ? null : Of(world, app);

    public static JsonObject Installation(World world, Installation installation) => new()
    {
        ["id"] = installation.Id,
        ["client_id"] = $"Iv1.{installation.App.Id:x16}",
        ["account"] = AccountJson.Of(world, installation.Account),
        ["repository_selection"] = "selected",
        ["access_tokens_url"] = $"{world.Url}/app/installations/{installation.Id}/access_tokens",
        ["repositories_url"] = $"{world.Url}/installation/repositories",
        ["html_url"] = $"{world.Url}/settings/installations/{installation.Id}",
        ["app_id"] = installation.App.Id,
        ["app_slug"] = installation.App.Slug,
        ["target_id"] = installation.Account.Id,
        ["target_type"] = installation.Account.Type,
        ["permissions"] = Permissions(installation.App.Permissions),
        ["events"] = Node.Words(installation.App.Events),
        ["created_at"] = Node.Date(installation.CreatedAt),
        ["updated_at"] = Node.Date(installation.CreatedAt),
        ["single_file_name"] = null,
        ["has_multiple_single_files"] = false,
        ["single_file_paths"] = new JsonArray(),
        ["suspended_by"] = installation.SuspendedAt is null ? null : SimpleUser(world, installation.Account),
        ["suspended_at"] = Node.Date(installation.SuspendedAt),
    };

    /// <summary>The short form in installation events.</summary>
    public static JsonObject Repository(Repository repository) => new()
    {
        ["id"] = repository.Id,
        ["node_id"] = Node.Id("R", repository.Id),
        ["name"] = repository.Name,
        ["full_name"] = repository.FullName,
        ["private"] = repository.Private,
    };

    public static JsonObject Ping(World world, AppRegistration app) => new()
    {
        ["zen"] = "Keep it logically awesome.",
        ["hook_id"] = app.HookId,
        ["hook"] = new JsonObject
        {
            ["type"] = "App",
            ["id"] = app.HookId,
            ["name"] = "web",
            ["active"] = true,
            ["app_id"] = app.Id,
            ["events"] = Node.Words(app.Events),
            ["config"] = new JsonObject { ["content_type"] = "json", ["insecure_ssl"] = "0", ["secret"] = "********", ["url"] = app.WebhookUrl },
            ["updated_at"] = Node.Date(world.Now),
            ["created_at"] = Node.Date(app.CreatedAt),
            ["deliveries_url"] = $"{world.Url}/app/hook/deliveries",
        },
    };

    public static JsonObject Permissions(IReadOnlyDictionary<string, string> permissions) =>
        new(permissions.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    /// <summary>An account as GitHub describes it in this one place, without the view.</summary>
    private static JsonObject SimpleUser(World world, Account account)
    {
        var user = AccountJson.Of(world, account);
        user.Remove("user_view_type");
        return user;
    }
}
