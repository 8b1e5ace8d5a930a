using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.App.GitHub;
using YamlDotNet.RepresentationModel;

namespace Muster.App.Setup;

/// <summary>What one App is to be, as <c>app.yml</c> says it: the only place where permissions and events are named.</summary>
/// <param name="Name">A proposal; the person may choose another on GitHub, where names are unique.</param>
public sealed record AppManifest(
    string Name, string Homepage, IReadOnlyDictionary<string, string> Permissions, IReadOnlyList<string> Events, bool Listens)
{
    private const string Resource = "Muster.App.app.yml";

    private static readonly Lazy<IReadOnlyList<AppManifest>> Both = new(Read);

    public static AppManifest Of(GitHubIdentity identity) => Both.Value[identity is GitHubIdentity.Author ? 0 : 1];

    /// <summary>As GitHub's manifest flow takes it.</summary>
    /// <param name="webhook">Where GitHub sends events; left out for an App that listens to nothing.</param>
    /// <param name="redirect">Where GitHub sends the browser once the App is made.</param>
    public string ToJson(Uri? webhook, Uri redirect)
    {
        var manifest = new JsonObject
        {
            ["name"] = Name,
            ["url"] = Homepage,
            ["redirect_url"] = redirect.AbsoluteUri,
            ["public"] = false,
            ["default_permissions"] = JsonSerializer.SerializeToNode(Permissions),
            ["default_events"] = JsonSerializer.SerializeToNode(Events),
        };
        // GitHub refuses hook_attributes that have no address, active or not.
        if (Listens && webhook is not null)
            manifest["hook_attributes"] = new JsonObject { ["url"] = webhook.AbsoluteUri, ["active"] = true };
        return manifest.ToJsonString();
    }

    private static IReadOnlyList<AppManifest> Read()
    {
        using var file = new StreamReader(typeof(AppManifest).Assembly.GetManifestResourceStream(Resource)!);
        var yaml = new YamlStream();
        yaml.Load(file);
        return [.. yaml.Documents.Select(document => Read((YamlMappingNode)document.RootNode))];
    }

    private static AppManifest Read(YamlMappingNode app) => new(
        app["name"].ToString(),
        app["url"].ToString(),
        new SortedDictionary<string, string>(
            ((YamlMappingNode)app["default_permissions"]).ToDictionary(p => p.Key.ToString(), p => p.Value.ToString()), StringComparer.Ordinal),
        [.. ((YamlSequenceNode)app["default_events"]).Select(name => name.ToString())],
        app.Children.ContainsKey("hook_attributes"));
}
