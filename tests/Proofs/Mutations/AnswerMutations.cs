using System.Text;
using System.Text.Json.Nodes;
using Muster.Contracts;

namespace Muster.Proofs.Mutations;

/// <summary>What an answer can have wrong beside the kinds of its values: the status, the forms, what GraphQL says.</summary>
internal static class AnswerMutations
{
    private static readonly int[] Undescribed = [203, 206, 299, 402, 408, 418];

    public static IEnumerable<Mutation> All =>
    [
        Of("a status that nobody described", c => c.Operation != "graphql", (e, random) => e with { Status = Undescribed[random.Next(Undescribed.Length)] }),
        Of("\"as before\" to one who had nothing", c => c is { Operation: not "graphql", Exchange.Conditional: false, Status: 200 }, (e, _) => e with { Status = 304, Answer = [] }),
        Of("nothing where a body is described", c => c.Status == 200 && Side.Answer.SchemaOf(c.Exchange) is not null, (e, _) => e with { Answer = [] }),
        Of("a body where nothing is described", c => c.Status == 204, (e, _) => e with { Answer = Encoding.UTF8.GetBytes("{}") }),
        BodyMutations.At(Side.Answer, "has an address that is none", s => s.HasFormat("uri") && s.Value is JsonValue, (json, _, _) => $"{json}[bot]"),
        BodyMutations.At(Side.Answer, "has a relative address", s => s.HasFormat("uri") && s.Value is JsonValue, (_, _, _) => "/repos/acme/shop"),
        BodyMutations.At(Side.Answer, "has a moment without a zone", s => s.HasFormat("date-time") && s.Value is JsonValue, (_, _, _) => "2026-11-20 12:00:00"),
        BodyMutations.At(Side.Answer, "has a moment as a number", s => s.HasFormat("date-time") && s.Value is JsonValue, (_, _, _) => 1_795_176_000),
        BodyMutations.At(Side.Answer, "has a thing among its items that is none", s => s is { Type: "array", Value: JsonArray } && s.Has("items"), (json, site, _) =>
            new JsonArray([.. json!.AsArray().Select(i => i?.DeepClone()), new JsonArray(new JsonArray())])),
        Graph("a document that nobody looked at", request => request["query"] = "query { viewer { login } }"),
        Graph("one field more", request => request["query"] = $"{request["query"]}".Replace("isDraft", "isDraft mergeable", StringComparison.Ordinal)),
        Graph("a variable missing", request => request["variables"]!.AsObject().Remove("id")),
        Graph("a variable that nobody declared", request => request["variables"]!["extra"] = "x"),
        Graph("a variable of another type", request => request["variables"]!["id"] = 12),
        Graph("a variable that is null", request => request["variables"]!["id"] = null),
        Graph("a member that is none", request => request["document"] = "x"),
        Of("GraphQL with neither data nor errors", c => c.Operation == "graphql", (e, _) => e with { Answer = Encoding.UTF8.GetBytes("{}") }),
        Of("GraphQL with another member", c => c.Operation == "graphql", (e, _) => e with { Answer = Encoding.UTF8.GetBytes("""{"data":{},"message":"x"}""") }),
        Of("GraphQL that is no JSON", c => c.Operation == "graphql", (e, _) => e with { Answer = Encoding.UTF8.GetBytes("Bad gateway") }),
    ];

    private static Mutation Of(string name, Func<Checked, bool> fits, Func<Exchange, Random, Exchange> change) =>
        new($"answer: {name}", fits, (c, random) => change(c.Exchange, random));

    private static Mutation Graph(string name, Action<JsonObject> change) => new($"graphql: {name}", c => c.Operation == "graphql" && HasId(c), (c, _) =>
    {
        var request = JsonNode.Parse(c.Exchange.Body!)!.AsObject();
        change(request);
        return c.Exchange with { Body = Encoding.UTF8.GetBytes(request.ToJsonString()) };
    });

    private static bool HasId(Checked one) => JsonNode.Parse(one.Exchange.Body!)!["variables"]?["id"] is not null;
}
