using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.GraphQl;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Api;

/// <summary>GraphQL, as far as repositories, issues and pull requests go. It answers 200 and says in the body what it did not do.</summary>
internal static class GraphQlEndpoint
{
    public static void Map(ApiRoutes routes) => routes.Post("/graphql", Need.Nothing, Answer);

    private static Reply Answer(Call call)
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
        var root = document.Operation == "query" ? world.Query() : Mutations(call, world);
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

    private static GraphObject Mutations(Call call, GraphWorld world) => new("Mutation", field => field.Name switch
    {
        "markPullRequestReadyForReview" => MarkReady(call, world, field),
        _ => GraphObject.Unknown,
    });

    private static GraphObject MarkReady(Call call, GraphWorld world, GraphField field)
    {
        var input = field.Arguments.GetValueOrDefault("input") as IReadOnlyDictionary<string, object?>;
        var id = input?.GetValueOrDefault("pullRequestId") as string ?? "";
        foreach (var repository in call.World.Repositories.Where(r => Access.Sees(call.Actor, r)))
        {
            if (repository.Pulls.FirstOrDefault(p => Node.Id("PR", p.Id) == id) is not { } pull)
                continue;
            if (!Allowed(call, repository, pull))
                throw new GraphFault("FORBIDDEN", "Resource not accessible by integration");
            call.Simulation.ReadyForReview(repository, pull, call.By);
            return new GraphObject("MarkPullRequestReadyForReviewPayload", f => f.Name switch
            {
                "clientMutationId" => input!.GetValueOrDefault("clientMutationId") as string,
                "pullRequest" => world.Pull(repository, pull),
                _ => GraphObject.Unknown,
            });
        }

        throw new GraphFault("NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'");
    }

    private static bool Allowed(Call call, State.Repository repository, State.Pull pull) => call.Actor switch
    {
        Actor.Installed { Token.Permissions: var permissions } => Access.Grants(permissions, "pull_requests", write: true),
        _ => pull.Issue.Author.User.Id == call.By.User.Id || Access.Has(call.Actor, repository, State.Role.Write),
    };
}
