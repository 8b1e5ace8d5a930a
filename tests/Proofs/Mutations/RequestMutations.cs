using System.Text;
using System.Text.Json.Nodes;
using Muster.Contracts;
using Muster.Contracts.Calls;

namespace Muster.Proofs.Mutations;

/// <summary>What a client can get wrong about address, query and the limits of a body.</summary>
internal static class RequestMutations
{
    private const int LongestSummary = 65_535;
    private const int MostAnnotations = 50;

    public static IEnumerable<Mutation> All =>
    [
        Query("query misspelt", (query, random) => Misspelt(query, random)),
        Query("query asks for more than is described", (query, random) => $"{query}&extra_{random.Next(100)}=1"),
        Query("query given twice", (query, _) => $"{query}&{query.TrimStart('?').Split('&')[0]}"),
        Query("page too large", (query, _) => query.Replace("per_page=100", "per_page=101", StringComparison.Ordinal), "per_page=100"),
        Query("page not a number", (query, _) => query.Replace("per_page=100", "per_page=all", StringComparison.Ordinal), "per_page=100"),
        Query("state that does not exist", (query, _) => query.Replace("state=", "state=un", StringComparison.Ordinal), "state="),
        Query("filter that does not exist", (query, _) => query.Replace("filter=all", "filter=every", StringComparison.Ordinal), "filter=all"),
        Of("verb that is not described", c => c.Operation != "graphql", (e, _) => e with { Verb = "OPTIONS" }),
        Of("address misspelt", c => c.Exchange.Path.StartsWith("/repos/", StringComparison.Ordinal), (e, _) => e with { Path = e.Path.Replace("/repos/", "/repo/", StringComparison.Ordinal) }),
        Of("address goes on", c => c.Operation is "issues/get" or "issues/list-comments" or "pulls/get", (e, _) => e with { Path = e.Path + "/everything" }),
        Of("word for a number in the address", HasNumber, (e, _) => e with { Path = string.Join('/', e.Path.Split('/').Select(w => w.All(char.IsAsciiDigit) && w.Length > 0 ? "twelve" : w)) }),
        Of("body missing", c => Route(c)?.Body is { Required: true }, (e, _) => e with { Body = null }),
        Of("body where none is described", c => Route(c) is { Body: null }, (e, _) => e with { Body = Encoding.UTF8.GetBytes("{}"), MediaType = "application/json" }),
        Of("body of another type", c => c.Exchange.Body is { Length: > 0 } && c.Operation != "graphql", (e, _) => e with { MediaType = "text/plain" }),
        Body("checks/create", "summary too long", body => body["output"]!["summary"] = new string('x', LongestSummary + 1)),
        Body("checks/create", "51 annotations", body => body["output"]!["annotations"] = new JsonArray([.. Enumerable.Range(1, MostAnnotations + 1).Select(Annotation)])),
        Body("checks/create", "an annotation of no known level", body => body["output"]!["annotations"] = new JsonArray(With(Annotation(1), "annotation_level", "catastrophe"))),
        Body("checks/create", "four buttons", body => body["actions"] = new JsonArray([.. Enumerable.Range(1, 4).Select(Button)])),
        Body("checks/create", "a button with a long label", body => body["actions"] = new JsonArray(With(Button(1), "label", new string('x', 21)))),
        Body("issues/add-labels", "no label at all", body => body["labels"] = new JsonArray()),
        Body("issues/add-labels", "labels without their list", body => body["labels"] = "agent:queued"),
        Body("apps/create-installation-access-token", "a permission that does not exist", body => body["permissions"]!["everything"] = "write"),
        Body("apps/create-installation-access-token", "a permission too strong", body => body["permissions"]!["metadata"] = "admin"),
        Body("pulls/create-review", "a review of no known kind", body => body["event"] = "APPROVED"),
        Body("reactions/create-for-issue", "a feeling that does not exist", body => body["content"] = "shrug"),
    ];

    private static Mutation Of(string name, Func<Checked, bool> fits, Func<Exchange, Random, Exchange> change) =>
        new($"request: {name}", fits, (c, random) => change(c.Exchange, random));

    private static Mutation Query(string name, Func<string, Random, string> change, string part = "=") => Of(
        name, c => c.Exchange.Query.Contains(part, StringComparison.Ordinal), (e, random) => e with { Query = change(e.Query, random) });

    private static Mutation Body(string operation, string name, Action<JsonObject> change) => Of(name, c => c.Operation == operation && c.Exchange.Body is not null, (e, _) =>
    {
        var body = JsonNode.Parse(e.Body!)!.AsObject();
        change(body);
        return e with { Body = Encoding.UTF8.GetBytes(body.ToJsonString()) };
    });

    private static string Misspelt(string query, Random random)
    {
        var pairs = query.TrimStart('?').Split('&');
        var one = random.Next(pairs.Length);
        pairs[one] = pairs[one].Insert(1, "x");
        return "?" + string.Join('&', pairs);
    }

    private static Operation? Route(Checked one) => Routes.Find(one.Exchange.Verb, one.Exchange.Path)?.Operation;

    private static bool HasNumber(Checked one) => Route(one) is { } operation
        && (operation.Path.Contains("_number}", StringComparison.Ordinal) || operation.Path.Contains("{installation_id}", StringComparison.Ordinal));

    private static JsonObject Annotation(int line) => new()
    {
        ["path"] = "a.txt",
        ["start_line"] = line,
        ["end_line"] = line,
        ["annotation_level"] = "notice",
        ["message"] = "Here.",
    };

    private static JsonObject Button(int n) => new() { ["label"] = $"Try {n}", ["description"] = "Again", ["identifier"] = $"try-{n}" };

    private static JsonObject With(JsonObject json, string name, string value)
    {
        json[name] = value;
        return json;
    }
}
