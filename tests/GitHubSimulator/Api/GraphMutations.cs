using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.GraphQl;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>The acts that are known in GraphQL: the one REST lacks, and those of the <c>gh</c> command.</summary>
internal sealed class GraphMutations(Call call, GraphWorld world)
{
    /// <summary>Does what the document asks, in its order; what could not be done is thrown where its answer is read.</summary>
    public async Task<GraphObject> RunAsync(GraphDocument document)
    {
        var done = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in document.Fields)
        {
            try
            {
                done[field.Alias] = await ActAsync(field);
            }
            catch (GraphFault fault)
            {
                done[field.Alias] = fault;
            }
            catch (ApiRefusal refusal)
            {
                done[field.Alias] = new GraphFault("UNPROCESSABLE", refusal.Message);
            }
        }

        return new GraphObject("Mutation", field => done[field.Alias] is GraphFault fault ? throw fault : done[field.Alias]);
    }

    private async Task<object> ActAsync(GraphField field)
    {
        var input = field.Arguments.GetValueOrDefault("input") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>();
        string Text(string name) => input.GetValueOrDefault(name) as string ?? "";
        switch (field.Name)
        {
            case "markPullRequestReadyForReview":
                var (repository, issue) = Find(Text("pullRequestId"), pulls: true);
                Allow("pull_requests", repository, issue, Role.Write);
                call.Simulation.ReadyForReview(repository, issue.Pull!, call.By);
                return Payload(field, input, "pullRequest", () => world.Pull(repository, issue.Pull!));
            case "addComment":
                var (home, subject) = Find(Text("subjectId"), pulls: null);
                Allow(subject.Pull is null ? "issues" : "pull_requests", home, null, Role.Read);
                var comment = call.Simulation.AddComment(home, subject, Limits.Body("IssueComment", Text("body"))!, call.By);
                return Payload(field, input, "commentEdge", () => new GraphObject("IssueCommentEdge", f => f.Name == "node" ? world.Comment(home, comment) : GraphObject.Unknown));
            case "createIssue":
                var here = Repository(Text("repositoryId"));
                Allow("issues", here, null, Role.Read);
                var made = call.Simulation.OpenIssue(here, call.By, Limits.Title("Issue", Text("title")), Limits.Body("Issue", Text("body")), []);
                return Payload(field, input, "issue", () => world.Issue(here, made));
            case "createPullRequest":
                var into = Repository(Text("repositoryId"));
                Allow("pull_requests", into, null, Role.Read);
                var draft = input.GetValueOrDefault("draft") is true or "true";
                var pull = await PullEndpoints.OpenAsync(call, into, (Text("title"), Text("body")), Text("headRefName"), Text("baseRefName"), draft);
                return Payload(field, input, "pullRequest", () => world.Pull(into, pull));
            default:
                return GraphObject.Unknown;
        }
    }

    private static GraphObject Payload(GraphField field, IReadOnlyDictionary<string, object?> input, string name, Func<GraphObject> result) =>
        new($"{char.ToUpperInvariant(field.Name[0])}{field.Name[1..]}Payload", f => f.Name switch
        {
            "clientMutationId" => input.GetValueOrDefault("clientMutationId") as string,
            _ when f.Name == name => result(),
            _ => GraphObject.Unknown,
        });

    private Repository Repository(string id) =>
        call.World.Repositories.Find(r => Node.Id("R", r.Id) == id && Access.Sees(call.Actor, r)) ?? throw NotFound(id);

    private (Repository Repository, Issue Issue) Find(string id, bool? pulls)
    {
        foreach (var repository in call.World.Repositories.Where(r => Access.Sees(call.Actor, r)))
        {
            if (repository.Issues.Values.FirstOrDefault(i => Node.Id(i.Pull is null ? "I" : "PR", i.Pull?.Id ?? i.Id) == id) is { } issue
                && (pulls is null || pulls == issue.Pull is not null))
                return (repository, issue);
        }

        throw NotFound(id);
    }

    private static GraphFault NotFound(string id) => new("NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'");

    private void Allow(string permission, Repository repository, Issue? own, Role role)
    {
        var may = call.Actor switch
        {
            Actor.Installed { Token.Permissions: var permissions } => Access.Grants(permissions, permission, write: true),
            _ => own?.Author.User.Id == call.By.User.Id || Access.Has(call.Actor, repository, role),
        };
        if (!may)
            throw new GraphFault("FORBIDDEN", "Resource not accessible by integration");
    }
}
