using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Muster.GitHubSimulator.Auth;

namespace Muster.GitHubSimulator.Api;

/// <summary>An App as its maker describes it, before it is registered.</summary>
internal sealed partial record AppManifest(
    string Name,
    string Url,
    string? HookUrl,
    bool HookActive,
    string? RedirectUrl,
    string? SetupUrl,
    IReadOnlyDictionary<string, string> Permissions,
    IReadOnlyList<string> Events)
{
    private const int LongestName = 34;

    // An event is only sent to who may read what it is about.
    private static readonly Dictionary<string, string[]> Needs = new()
    {
        ["issues"] = ["issues"],
        ["issue_comment"] = ["issues", "pull_requests"],
        ["label"] = ["issues", "pull_requests", "metadata"],
        ["sub_issues"] = ["issues"],
        ["issue_dependencies"] = ["issues"],
        ["pull_request"] = ["pull_requests"],
        ["pull_request_review"] = ["pull_requests"],
        ["pull_request_review_comment"] = ["pull_requests"],
        ["pull_request_review_thread"] = ["pull_requests"],
        ["check_run"] = ["checks"],
        ["check_suite"] = ["checks"],
        ["status"] = ["statuses"],
        ["push"] = ["contents"],
        ["create"] = ["contents"],
        ["delete"] = ["contents"],
        ["merge_group"] = ["merge_queues"],
        ["repository"] = ["metadata"],
        ["workflow_run"] = ["actions"],
        ["workflow_job"] = ["actions"],
    };

    private static readonly string[] KnownPermissions =
    [
        "actions", "administration", "checks", "contents", "deployments", "environments", "issues", "merge_queues", "metadata",
        "packages", "pages", "pull_requests", "secrets", "security_events", "statuses", "workflows", "members", "organization_administration",
    ];

    private static readonly string[] KnownFields =
    [
        "name", "url", "hook_attributes", "redirect_url", "callback_urls", "setup_url", "description", "public", "default_events",
        "default_permissions", "request_oauth_on_install", "setup_on_update",
    ];

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInSlug { get; }

    public string Slug => NotInSlug.Replace(Name.ToLowerInvariant(), "-").Trim('-');

    /// <summary>Reads a manifest; null and what GitHub's page would say when it cannot be used.</summary>
    public static AppManifest? Read(string? text, out IReadOnlyList<string> faults)
    {
        try
        {
            var json = JsonNode.Parse(text ?? "") as JsonObject ?? [];
            var manifest = Of(json);
            faults = [.. manifest.Faults(json)];
            return faults.Count == 0 ? manifest : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            faults = ["The manifest is no valid JSON object of the expected types."];
            return null;
        }
    }

    private static AppManifest Of(JsonObject json)
    {
        string? Text(JsonNode? node) => node?.GetValue<string>();
        var hook = json["hook_attributes"] as JsonObject;
        var permissions = (json["default_permissions"] as JsonObject ?? []).ToDictionary(p => p.Key, p => Text(p.Value) ?? "");
        if (permissions.Count > 0)
            permissions.TryAdd("metadata", "read");
        return new AppManifest(
            Text(json["name"]) ?? "",
            Text(json["url"]) ?? "",
            Text(hook?["url"]),
            hook?["active"]?.GetValue<bool>() ?? true,
            Text(json["redirect_url"]),
            Text(json["setup_url"]),
            permissions,
            [.. (json["default_events"] as JsonArray ?? []).Select(e => Text(e) ?? "")]);
    }

    private IEnumerable<string> Faults(JsonObject json)
    {
        if (json.FirstOrDefault(p => !KnownFields.Contains(p.Key)) is { Key: { } field })
            yield return $"'{field}' is not a permitted key.";
        if (Name.Length is 0 or > LongestName || Slug.Length == 0)
            yield return $"Name must have between 1 and {LongestName} characters.";
        if (!IsAddress(Url))
            yield return "Url must be a valid URL.";
        if (json["hook_attributes"] is JsonObject && !IsAddress(HookUrl))
            yield return "Hook url can't be blank.";
        if (RedirectUrl is not null && !IsAddress(RedirectUrl))
            yield return "Redirect url must be a valid URL.";
        foreach (var (name, level) in Permissions)
        {
            if (!KnownPermissions.Contains(name) || Access.Level(level) == 0)
                yield return $"Default permission records resource '{name}: {level}' is not included in the list.";
        }

        foreach (var name in Events.Where(e => !Needs.TryGetValue(e, out var any) || !any.Any(Permissions.ContainsKey)))
            yield return $"Default events unsupported: {name}.";
    }

    private static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
}
