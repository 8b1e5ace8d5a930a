using System.Text.Json;

namespace Muster.Contracts.Schemas;

/// <summary>One of GitHub's descriptions, as it was pruned.</summary>
public sealed class Description
{
    private readonly JsonElement root;

    private Description(JsonElement root) => this.root = root;

    /// <summary>The REST API, in OpenAPI 3.0.</summary>
    public static Description Rest { get; } = Read("github.openapi.pruned.json");

    /// <summary>The payloads of webhooks, in OpenAPI 3.1.</summary>
    public static Description Webhooks { get; } = Read("github.webhooks.pruned.json");

    /// <summary>The package that it was pruned from, with its version.</summary>
    public string Source => root.GetProperty("x-from").GetString()!;

    public IEnumerable<JsonProperty> Parts(string kind) => root.GetProperty(kind).EnumerateObject();

    public JsonElement Schema(string name) => root.GetProperty("schemas").GetProperty(name);

    /// <summary>The part itself, where only its name stands.</summary>
    public JsonElement Follow(JsonElement part)
    {
        while (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("$ref", out var reference))
        {
            // "#/components/schemas/issue"
            var path = reference.GetString()!.Split('/');
            part = root.GetProperty(path[2]).GetProperty(path[3]);
        }

        return part;
    }

    internal static string Text(string resource)
    {
        using var stream = typeof(Description).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Description Read(string resource) => new(JsonElement.Parse(Text(resource)));
}
