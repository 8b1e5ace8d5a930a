using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.GraphQl;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>GraphQL, for the one act REST lacks. What is not known here is a 501, never a guess.</summary>
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
            throw new ApiRefusal(501, $"This GraphQL is not understood here. {fault.Message}");
        }

        return document is { Operation: "mutation", Fields: [{ Name: "markPullRequestReadyForReview" } field] }
            ? MarkReady(call, field)
            : throw new ApiRefusal(501, $"Only the mutation markPullRequestReadyForReview is simulated, not {document.Operation} {string.Join(", ", document.Fields.Select(f => f.Name))}.");
    }

    private static Reply MarkReady(Call call, GraphField field)
    {
        var input = field.Arguments.GetValueOrDefault("input") as IReadOnlyDictionary<string, object?>;
        var id = input?.GetValueOrDefault("pullRequestId") as string ?? "";
        foreach (var repository in call.World.Repositories.Where(r => Access.Sees(call.Actor, r)))
        {
            if (repository.Pulls.FirstOrDefault(p => Node.Id("PR", p.Id) == id) is not { } pull)
                continue;
            if (!Allowed(call, repository, pull))
                return Fault(field, "FORBIDDEN", "Resource not accessible by integration");
            call.Simulation.ReadyForReview(repository, pull, call.By);
            return Reply.Ok(new JsonObject { ["data"] = new JsonObject { [field.Alias] = Payload(call, repository, pull, field, input!) } });
        }

        return Fault(field, "NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'");
    }

    private static bool Allowed(Call call, Repository repository, Pull pull) => call.Actor switch
    {
        Actor.Installed { Token.Permissions: var permissions } => Access.Grants(permissions, "pull_requests", write: true),
        _ => pull.Issue.Author.User.Id == call.By.User.Id || Access.Has(call.Actor, repository, Role.Write),
    };

    private static JsonObject Payload(Call call, Repository repository, Pull pull, GraphField field, IReadOnlyDictionary<string, object?> input)
    {
        var json = new JsonObject();
        foreach (var selected in field.Fields)
        {
            json[selected.Alias] = selected.Name switch
            {
                "clientMutationId" => input.GetValueOrDefault("clientMutationId") as string,
                "__typename" => "MarkPullRequestReadyForReviewPayload",
                "pullRequest" => Fields(call, repository, pull, selected.Fields),
                _ => throw Unknown(selected.Name),
            };
        }

        return json;
    }

    private static JsonObject Fields(Call call, Repository repository, Pull pull, IReadOnlyList<GraphField> fields)
    {
        var json = new JsonObject();
        foreach (var field in fields)
        {
            json[field.Alias] = field.Name switch
            {
                "__typename" => "PullRequest",
                "id" => Node.Id("PR", pull.Id),
                "fullDatabaseId" => pull.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "databaseId" => pull.Id,
                "number" => pull.Number,
                "isDraft" => pull.Draft,
                "title" => pull.Issue.Title,
                "state" => pull.Merged ? "MERGED" : pull.Issue.Open ? "OPEN" : "CLOSED",
                "url" => IssueJson.Html(call.World, repository, pull.Issue),
                "headRefName" => pull.HeadBranch,
                "headRefOid" => pull.HeadSha,
                "baseRefName" => pull.BaseBranch,
                _ => throw Unknown(field.Name),
            };
        }

        return json;
    }

    private static ApiRefusal Unknown(string field) => new(501, $"The field {field} is not simulated here.");

    // GraphQL answers 200 and says in the body that it did nothing.
    private static Reply Fault(GraphField field, string type, string message) => Reply.Ok(new JsonObject
    {
        ["data"] = new JsonObject { [field.Alias] = null },
        ["errors"] = new JsonArray(new JsonObject
        {
            ["type"] = type,
            ["path"] = new JsonArray(field.Alias),
            ["message"] = message,
        }),
    });
}
