using System.Text.Json;
using System.Text.RegularExpressions;
using Muster.Contracts.Calls;
using Muster.Contracts.Schemas;

namespace Muster.Contracts.Graph;

/// <summary>GraphQL is not in OpenAPI: a document has to be one of those that were looked at, and its variables have to match.</summary>
public static partial class Documents
{
    /// <summary>One line each, comments left out.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Description.Text("documents.graphql").Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Trim())];

    internal static IEnumerable<string> Faults(Exchange exchange) =>
        JsonText.Read(exchange.Body) is { ValueKind: JsonValueKind.Object } request && request.TryGetProperty("query", out var query) && query.ValueKind == JsonValueKind.String
            ? OfRequest(request, query.GetString()!).Concat(OfAnswer(exchange))
            : ["the body is no GraphQL request"];

    /// <summary>What is the same in two documents that ask the same of other numbers, or of more of them.</summary>
    public static string Shape(string document)
    {
        var shape = Numbers.Replace(Spaces.Replace(document, " ").Trim(), "0");
        for (var before = ""; before != shape;)
        {
            before = shape;
            shape = Twice.Replace(shape, "$1");
        }

        return shape;
    }

    private static IEnumerable<string> OfRequest(JsonElement request, string document)
    {
        if (!Known.Contains(Shape(document)))
        {
            yield return $"the document is not in documents.graphql: {Shape(document)}";
        }

        foreach (var other in request.EnumerateObject().Where(p => p.Name is not ("query" or "variables" or "operationName")))
        {
            yield return $"{other.Name} is not described";
        }

        var declared = Declared.Matches(Head.Match(document).Value).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        var given = request.TryGetProperty("variables", out var variables) && variables.ValueKind == JsonValueKind.Object
            ? variables.EnumerateObject().ToDictionary(v => v.Name, v => v.Value)
            : [];
        foreach (var name in given.Keys.Except(declared.Keys))
        {
            yield return $"the variable {name} is not declared";
        }

        foreach (var (name, type) in declared)
        {
            if (!(given.TryGetValue(name, out var value) ? Fits(type, value) : type[^1] != '!'))
            {
                yield return $"the variable {name} is no {type}";
            }
        }
    }

    // GraphQL answers 200 whatever happened to the document, and says so in the body.
    private static IEnumerable<string> OfAnswer(Exchange exchange)
    {
        if (exchange.Status != 200)
        {
            return Exceptions.Status(exchange.Status, conditional: false, "graphql") is null ? [$"status {exchange.Status} is not described"] : [];
        }

        if (JsonText.Read(exchange.Answer) is not { ValueKind: JsonValueKind.Object } answer)
        {
            return ["the answer is no JSON object"];
        }

        var strangers = answer.EnumerateObject().Select(p => p.Name).Except(["data", "errors", "extensions"]).Select(n => $"answer.{n} is not described");
        var silent = !answer.TryGetProperty("data", out _) && !answer.TryGetProperty("errors", out _);
        return silent ? [.. strangers, "the answer has neither data nor errors"] : strangers;
    }

    private static bool Fits(string type, JsonElement value) => type switch
    {
        [.. var inner, '!'] => value.ValueKind != JsonValueKind.Null && Fits(inner, value),
        _ when value.ValueKind == JsonValueKind.Null => true,
        ['[', .. var item, ']'] => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => Fits(item, v)),
        "Int" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "Boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.String,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers { get; }

    // A field that stands there twice in a row, but for its numbers.
    [GeneratedRegex(@"(\b\w+0: .+?) \1(?= )")]
    private static partial Regex Twice { get; }

    [GeneratedRegex(@"^\s*(query|mutation)[^{]*?\([^)]*\)")]
    private static partial Regex Head { get; }

    [GeneratedRegex(@"\$(\w+)\s*:\s*([\w\[\]!]+)")]
    private static partial Regex Declared { get; }
}
