using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.GraphQl;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Api;

/// <summary>GraphQL, as far as repositories, issues and pull requests go. It answers 200 and says in the body what it did not do.</summary>
internal static class GraphQlEndpoint
{
    public static void Map(ApiRoutes routes) => routes.Post("/graphql", Need.Nothing, AnswerAsync);

    private static async Task<Reply> AnswerAsync(Call call)
    {
        if (call.Actor is Actor.Anonymous)
            throw new ApiRefusal(401, "This endpoint requires you to be authenticated.");
        if (call.Actor is Actor.App)
            throw ApiRefusal.BadCredentials();
        GraphDocument document;
        try
        {
            document = GraphParser.Parse(call.Text("query") ?? "", call.Body["variables"] as JsonObject ?? []);
        }
        catch (GraphSyntax fault)
        {
            return Reply.Ok(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = $"Parse error: {fault.Message}" }) });
        }

        var world = new GraphWorld(call);
        var resolver = new GraphResolver();
        var root = document.Operation == "query" ? world.Query() : await new GraphMutations(call, world).RunAsync(document);
        var data = resolver.Resolve(root, document.Fields, []);
        // A document that asks for what does not exist is not answered at all, as on GitHub.
        var undefined = resolver.Errors.OfType<JsonObject>().Any(e => e["type"]!.GetValue<string>() is "undefinedField" or "selectionMismatch");
        var answer = new JsonObject();
        if (!undefined)
            answer["data"] = data;
        if (resolver.Errors.Count > 0)
            answer["errors"] = resolver.Errors;
        return Reply.Ok(answer);
    }
}
