using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.Contracts.Schemas;

namespace Muster.Proofs.Mutations;

/// <summary>A place in a message that GitHub describes without alternatives.</summary>
/// <param name="Path">Names of properties and numbers of items, from the root.</param>
/// <param name="Schema">What is said of the value there.</param>
internal sealed record Site(IReadOnlyList<object> Path, JsonElement Schema, JsonNode? Value)
{
    public string? Type => Schema.TryGetProperty("type", out var type) ? type.GetString() : null;

    public bool Nullable => Schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean();

    public bool Has(string keyword) => Schema.TryGetProperty(keyword, out _);

    public bool HasFormat(string format) => Schema.TryGetProperty("format", out var said) && said.GetString() == format;

    /// <summary>Names that this object must have, and has.</summary>
    public IReadOnlyList<string> Required =>
        Value is JsonObject json && Schema.TryGetProperty("required", out var required)
            ? [.. required.EnumerateArray().Select(r => r.GetString()!).Where(json.ContainsKey)]
            : [];

    /// <summary>An object that takes only what is described.</summary>
    public bool IsClosed => Value is JsonObject && Has("properties") && !Has("additionalProperties") && !Sites.HasBranches(Schema);
}

internal static class Sites
{
    private static readonly string[] Compounds = ["oneOf", "anyOf", "allOf"];

    public static bool HasBranches(JsonElement schema) => Compounds.Any(c => schema.TryGetProperty(c, out _));

    public static IReadOnlyList<Site> Of(JsonElement schema, JsonNode? value)
    {
        var found = new List<Site>();
        Walk(schema, value, [], found);
        return found;
    }

    /// <summary>The message with something done at one place.</summary>
    public static JsonNode? With(JsonNode? root, Site site, Func<JsonNode?, JsonNode?> change)
    {
        var copy = root?.DeepClone();
        if (site.Path is [])
        {
            return change(copy);
        }

        var parent = site.Path.SkipLast(1).Aggregate(copy!, (node, step) => step is int index ? node[index]! : node[(string)step]!);
        if (site.Path[^1] is int last)
        {
            var item = parent[last];
            parent.AsArray()[last] = null;
            parent.AsArray()[last] = change(item);
        }
        else
        {
            var name = (string)site.Path[^1];
            var member = parent[name];
            parent.AsObject().Remove(name);
            parent.AsObject().Add(name, change(member));
        }

        return copy;
    }

    private static void Walk(JsonElement schema, JsonNode? value, IReadOnlyList<object> path, List<Site> found)
    {
        schema = Description.Rest.Follow(schema);
        found.Add(new Site(path, schema, value));
        if (value is JsonObject json && schema.TryGetProperty("properties", out var properties) && !HasBranches(schema))
        {
            foreach (var (name, member) in json.Where(m => properties.TryGetProperty(m.Key, out _)))
            {
                Walk(properties.GetProperty(name), member, [.. path, name], found);
            }
        }

        if (value is JsonArray array && schema.TryGetProperty("items", out var items))
        {
            for (var i = 0; i < array.Count; i++)
            {
                Walk(items, array[i], [.. path, i], found);
            }
        }
    }
}
