using System.Text.Json;
using Muster.Contracts.Schemas;

namespace Muster.Contracts.Calls;

/// <summary>Holds a request against its operation: path, query, body.</summary>
internal static class RequestCheck
{
    private const int LargestPage = 100;
    private static readonly SchemaCheck Check = new(Description.Rest);

    public static IEnumerable<string> Faults(Operation operation, IReadOnlyDictionary<string, string> words, string query, byte[]? body, string? mediaType) =>
        words.SelectMany(w => OfWord(operation.InPath(w.Key), w.Value, "path"))
            .Concat(OfQuery(operation, query))
            .Concat(OfBody(operation, body, mediaType));

    private static IEnumerable<string> OfWord(Parameter parameter, string word, string where) =>
        Check.Faults(parameter.Schema, parameter.Value(word), $"{where} {parameter.Name}");

    private static IEnumerable<string> OfQuery(Operation operation, string query)
    {
        var given = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).ToList();
        var known = operation.Query.ToDictionary(p => p.Name);
        foreach (var pair in given)
        {
            var (name, word) = (Decoded(pair[0]), pair.Length > 1 ? Decoded(pair[1]) : "");
            if (!known.TryGetValue(name, out var parameter))
            {
                yield return $"query {name} is not described";
                continue;
            }

            foreach (var fault in OfWord(parameter, word, "query"))
            {
                yield return fault;
            }

            // Said in prose only, and cut to a hundred without a word.
            if (name == "per_page" && int.TryParse(word, out var size) && size is < 1 or > LargestPage)
            {
                yield return $"query per_page is {word}, not 1 to {LargestPage}";
            }
        }

        foreach (var missing in known.Values.Where(p => p.Required && given.TrueForAll(g => Decoded(g[0]) != p.Name)))
        {
            yield return $"query lacks {missing.Name}";
        }

        foreach (var twice in given.GroupBy(g => Decoded(g[0])).Where(g => g.Count() > 1))
        {
            yield return $"query {twice.Key} is given {twice.Count()} times";
        }
    }

    private static IEnumerable<string> OfBody(Operation operation, byte[]? body, string? mediaType)
    {
        if (body is not { Length: > 0 })
        {
            return operation.Body is { Required: true } ? ["the body is missing"] : [];
        }

        if (operation.Body is not { } wanted)
        {
            return ["a body is not described"];
        }

        if (mediaType != "application/json")
        {
            return [$"the body is {mediaType ?? "of no type"}, not application/json"];
        }

        return JsonText.Read(body) is { } json ? Check.Faults(wanted.Schema, json, "body") : ["the body is no JSON"];
    }

    private static string Decoded(string word) => Uri.UnescapeDataString(word.Replace('+', ' '));
}

internal static class JsonText
{
    public static JsonElement? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
