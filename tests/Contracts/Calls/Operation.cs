using System.Text.Json;
using Muster.Contracts.Schemas;

namespace Muster.Contracts.Calls;

/// <summary>One thing that GitHub's API can do.</summary>
/// <param name="Path">With its parameters in braces.</param>
public sealed record Operation(string Verb, string Path, JsonElement Text)
{
    private readonly Lazy<IReadOnlyDictionary<string, Parameter>> parameters = new(() => Parameter.Of(Text));

    public string Id => Text.GetProperty("operationId").GetString()!;

    public IEnumerable<Parameter> Query => parameters.Value.Values.Where(p => p.In == "query");

    public Parameter InPath(string name) => parameters.Value[name];

    /// <summary>The body it takes, and whether it needs one; null where it takes none.</summary>
    public (JsonElement Schema, bool Required)? Body =>
        Text.TryGetProperty("requestBody", out var body)
            ? (Json(body)!.Value, body.TryGetProperty("required", out var required) && required.GetBoolean())
            : null;

    /// <summary>What is described of a status; null where nothing is.</summary>
    public Described? Answer(int status)
    {
        if (!Text.GetProperty("responses").TryGetProperty($"{status}", out var named))
        {
            return null;
        }

        var response = Description.Rest.Follow(named);
        return new Described(response.TryGetProperty("content", out _), Json(response));
    }

    public override string ToString() => $"{Verb} {Path}";

    private static JsonElement? Json(JsonElement part) =>
        part.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null;
}

/// <summary>What is described of an answer.</summary>
/// <param name="HasBody">It may have one, if only of plain text.</param>
public sealed record Described(bool HasBody, JsonElement? Schema);

/// <summary>What an operation takes in its path or its query.</summary>
public sealed record Parameter(string Name, string In, bool Required, JsonElement Schema)
{
    internal static IReadOnlyDictionary<string, Parameter> Of(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var all)
            ? all.EnumerateArray().Select(p => Description.Rest.Follow(p)).Select(p => new Parameter(
                p.GetProperty("name").GetString()!,
                p.GetProperty("in").GetString()!,
                p.TryGetProperty("required", out var required) && required.GetBoolean(),
                p.GetProperty("schema"))).ToDictionary(p => p.Name)
            : new Dictionary<string, Parameter>();

    /// <summary>A word of an address as the value that its schema speaks of.</summary>
    public JsonElement Value(string word) => Type switch
    {
        "integer" or "number" when decimal.TryParse(word, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number)
            => JsonSerializer.SerializeToElement(number),
        "boolean" when word is "true" or "false" => JsonSerializer.SerializeToElement(word == "true"),
        _ => JsonSerializer.SerializeToElement(word),
    };

    private string? Type => Description.Rest.Follow(Schema).TryGetProperty("type", out var type) ? type.GetString() : null;
}
