using System.Text.Json;

namespace Muster.Contracts.Schemas;

/// <summary>The types of JSON Schema: one word in OpenAPI 3.0, one or several in 3.1.</summary>
internal static class Kinds
{
    public static bool Allows(JsonElement type, JsonElement value) => Each(type).Any(t => Is(t, value));

    public static bool AllowsObject(JsonElement type) => Each(type).Contains("object");

    public static string Names(JsonElement type) => string.Join(" or ", Each(type));

    public static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        var kind => $"of type {kind.ToString().ToLowerInvariant()}",
    };

    private static IEnumerable<string> Each(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type {type} is unknown."),
    };
}
