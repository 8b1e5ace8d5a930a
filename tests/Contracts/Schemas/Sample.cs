using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muster.Contracts.Schemas;

/// <summary>How much of what may be there is there.</summary>
public enum Fill
{
    /// <summary>What is required and no more; lists are empty.</summary>
    Least,

    /// <summary>All of it.</summary>
    Most,

    /// <summary>What is required, and null wherever null may stand.</summary>
    Nulls,
}

/// <summary>Makes a value that fits a schema.</summary>
public sealed class Sample(Description description, Fill fill)
{
    // Deeper than any of GitHub's payloads; an issue that names its parent, which names its own, has to end somewhere.
    private const int Deepest = 12;

    public JsonNode? Of(JsonElement schema) => Of(schema, 0);

    private JsonNode? Of(JsonElement named, int depth)
    {
        var schema = description.Follow(named);
        if (fill is Fill.Nulls && MayBeNull(schema))
        {
            return null;
        }

        if (schema.TryGetProperty("enum", out var members))
        {
            return JsonNode.Parse(members.EnumerateArray().First(m => m.ValueKind != JsonValueKind.Null).GetRawText());
        }

        var parts = new List<JsonNode?>();
        foreach (var compound in new[] { "oneOf", "anyOf" }.Where(c => schema.TryGetProperty(c, out _)))
        {
            var branches = schema.GetProperty(compound).EnumerateArray().Where(b => !Types(description.Follow(b)).SequenceEqual(["null"])).ToList();
            parts.Add(Of(fill is Fill.Most ? branches[^1] : branches[0], depth + 1));
        }

        if (schema.TryGetProperty("allOf", out var all))
        {
            parts.AddRange(all.EnumerateArray().Select(part => Of(part, depth + 1)));
        }

        return Types(schema).FirstOrDefault(t => t != "null") is { } type ? Together(parts, Simple(type, schema, depth)) : Together(parts, null);
    }

    private JsonNode? Simple(string type, JsonElement schema, int depth) => type switch
    {
        "object" => Object(schema, depth),
        "array" => new JsonArray([.. Enumerable.Range(0, Count(schema, depth)).Select(_ => Of(schema.GetProperty("items"), depth + 1))]),
        "integer" or "number" => schema.TryGetProperty("minimum", out var least) ? least.GetInt32() : 1,
        "boolean" => fill is Fill.Most,
        _ => Text(schema.TryGetProperty("format", out var format) ? format.GetString() : null),
    };

    private JsonObject Object(JsonElement schema, int depth)
    {
        var json = new JsonObject();
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!).ToHashSet() : [];
        foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
        {
            var wanted = required.Contains(property.Name) || fill is Fill.Most || (fill is Fill.Nulls && MayBeNull(description.Follow(property.Value)));
            if (wanted && (depth < Deepest || required.Contains(property.Name)))
            {
                json[property.Name] = Of(property.Value, depth + 1);
            }
        }

        return json;
    }

    private int Count(JsonElement schema, int depth) =>
        schema.TryGetProperty("minItems", out var least) ? least.GetInt32() : fill is Fill.Most && depth < Deepest ? 1 : 0;

    /// <summary>What all parts say of one value. The first says it best: those after it add to it.</summary>
    private static JsonNode? Together(IEnumerable<JsonNode?> parts, JsonNode? own) => parts.Append(own).Aggregate((JsonNode?)null, Merged);

    private static JsonNode? Merged(JsonNode? one, JsonNode? other)
    {
        if (one is not JsonObject whole || other is not JsonObject more)
        {
            return one is null or JsonObject { Count: 0 } or JsonArray { Count: 0 } ? other ?? one : one;
        }

        foreach (var (name, value) in more)
        {
            whole[name] = Merged(whole[name]?.DeepClone(), value?.DeepClone());
        }

        return whole;
    }

    private static string Text(string? format) => format switch
    {
        "uri" or "uri-template" => "https://api.github.com/repos/acme/elsewhere",
        "date-time" => "2026-11-20T12:00:00Z",
        "email" => "ann@example.org",
        _ => "text",
    };

    private bool MayBeNull(JsonElement schema) =>
        (schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean())
        || Types(schema).Contains("null")
        || new[] { "oneOf", "anyOf" }.Any(c => schema.TryGetProperty(c, out var branches) && branches.EnumerateArray().Any(b => MayBeNull(description.Follow(b))));

    private static IReadOnlyList<string> Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? ["object"] : []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
        : [type.GetString()!];
}
