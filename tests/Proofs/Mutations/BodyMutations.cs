using System.Text;
using System.Text.Json.Nodes;

namespace Muster.Proofs.Mutations;

/// <summary>What can go wrong inside a body, be it of a request or of an answer.</summary>
internal static class BodyMutations
{
    public static IEnumerable<Mutation> Of(Side side) =>
    [
        At(side, "lacks a property that is required", s => s.Required.Count > 0 && s.IsClosed, (json, site, random) =>
        {
            var less = json!.AsObject();
            less.Remove(site.Required[random.Next(site.Required.Count)]);
            return less;
        }),
        At(side, "has a property that nobody described", s => s.IsClosed, (json, _, random) => With(json, $"extra_{random.Next(100)}", "x")),
        At(side, "has a property with a misspelt name", s => s is { IsClosed: true, Value: JsonObject { Count: > 0 } }, (json, _, random) =>
        {
            var name = json!.AsObject().ElementAt(random.Next(json.AsObject().Count)).Key;
            return With(json, name + "s", "x");
        }),
        At(side, "has a number for a text", s => s is { Type: "string", Value: JsonValue }, (_, _, random) => random.Next(1000)),
        At(side, "has a text for a number", s => s is { Type: "integer", Value: JsonValue }, (json, _, _) => $"{json}"),
        At(side, "has a fraction for a whole number", s => s is { Type: "integer", Value: JsonValue }, (json, _, random) => random.Next(100) + 0.5),
        At(side, "has a text for yes or no", s => s is { Type: "boolean", Value: JsonValue }, (json, _, _) => $"{json}"),
        At(side, "has a list for a single thing", s => s is { Type: "object", Value: JsonObject }, (json, _, _) => new JsonArray(json)),
        At(side, "has a text for a thing", s => s is { Type: "object", Value: JsonObject }, (_, _, _) => "thing"),
        At(side, "has a single thing for a list", s => s is { Type: "array", Value: JsonArray }, (_, _, _) => new JsonObject()),
        At(side, "has null where something has to be", s => s is { Nullable: false, Type: not null, Value: not null }, (_, _, _) => null),
        At(side, "has a word that is not among those allowed", s => s.Has("enum") && s.Value is not null, (json, _, random) => $"{json}{random.Next(10)}"),
        At(side, "has a word of the allowed in capitals", s => s.Has("enum") && $"{s.Value}".Any(char.IsAsciiLetterLower), (json, _, _) => $"{json}".ToUpperInvariant()),
        new($"{side.Name} is cut off", c => side.SchemaOf(c.Exchange) is not null, (c, random) =>
        {
            var whole = side.Read(c.Exchange)!;
            return side.Put(c.Exchange, whole[..random.Next(1, whole.Length)]);
        }),
        new($"{side.Name} is a page of HTML", c => side.SchemaOf(c.Exchange) is not null, (c, _) => side.Put(c.Exchange, Encoding.UTF8.GetBytes("<html>Unicorn!</html>"))),
    ];

    public static Mutation At(Side side, string name, Func<Site, bool> where, Func<JsonNode?, Site, Random, JsonNode?> change) => new(
        $"{side.Name} {name}",
        c => side.SchemaOf(c.Exchange) is { } schema && Sites.Of(schema, side.Json(c.Exchange)).Any(where),
        (c, random) =>
        {
            var json = side.Json(c.Exchange);
            var places = Sites.Of(side.SchemaOf(c.Exchange)!.Value, json).Where(where).ToList();
            var place = places[random.Next(places.Count)];
            return side.With(c.Exchange, Sites.With(json, place, value => change(value, place, random)));
        });

    private static JsonObject With(JsonNode? json, string name, JsonNode? value)
    {
        var more = json!.AsObject();
        more[name] = value;
        return more;
    }
}
