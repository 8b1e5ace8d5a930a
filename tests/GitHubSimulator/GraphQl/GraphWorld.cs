using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.GraphQl;

/// <summary>The world as GraphQL shows it to one caller: repositories, issues and pull requests, and what ties them together.</summary>
internal sealed class GraphWorld(Call call)
{
    private readonly World world = call.World;

    public GraphObject Query() => new("Query", field => field.Name switch
    {
        "repository" => Find(field.Text("owner") ?? "", field.Text("name") ?? ""),
        "node" => NodeOf(field.Text("id") ?? ""),
        "nodes" => (IReadOnlyList<GraphObject?>)[.. field.List("ids").Select(NodeOf)],
        "viewer" => Account(call.By.User),
        "rateLimit" => RateLimit(),
        _ => GraphObject.Unknown,
    });

    public GraphObject Pull(Repository repository, Pull pull) => new("PullRequest", field => field.Name switch
    {
        "id" => Node.Id("PR", pull.Id),
        "databaseId" => pull.Id,
        "fullDatabaseId" => $"{pull.Id}",
        "state" => pull.Merged ? "MERGED" : pull.Issue.Open ? "OPEN" : "CLOSED",
        "isDraft" => pull.Draft,
        "merged" => pull.Merged,
        "mergedAt" => Node.Date(pull.MergedAt),
        "mergeable" => pull.Mergeability is { } known ? known.Clean ? "MERGEABLE" : "CONFLICTING" : "UNKNOWN",
        "headRefName" => pull.HeadBranch,
        "headRefOid" => pull.HeadSha,
        "baseRefName" => pull.BaseBranch,
        "baseRefOid" => pull.BaseSha,
        "isCrossRepository" => pull.HeadRepository is not null,
        "headRepository" => pull.HeadIsGone ? null : Repository(pull.HeadRepository ?? repository),
        "headRepositoryOwner" => Account((pull.HeadRepository ?? repository).Owner),
        "additions" => pull.Size.Additions,
        "deletions" => pull.Size.Deletions,
        "changedFiles" => pull.Size.ChangedFiles,
        "maintainerCanModify" => false,
        "reviewDecision" => Decision(pull),
        "reviewRequests" or "latestReviews" => GraphResolver.Connection("ReviewConnection", field, []),
        "closingIssuesReferences" => GraphResolver.Connection(
            "IssueConnection", field, [.. pull.Closes(repository).Select(i => Issue(repository, i))]),
        _ => Common(repository, pull.Issue, field),
    });

    public GraphObject Issue(Repository repository, Issue issue) => new("Issue", field => field.Name switch
    {
        "id" => Node.Id("I", issue.Id),
        "databaseId" => issue.Id,
        "fullDatabaseId" => $"{issue.Id}",
        "state" => issue.State.ToUpperInvariant(),
        "stateReason" => issue.StateReason?.ToUpperInvariant(),
        "closedByPullRequestsReferences" => GraphResolver.Connection("PullRequestConnection", field, Closing(repository, issue, field.Flag("includeClosedPrs"))),
        "blockedBy" => Issues(field, issue.BlockedBy),
        "blocking" => Issues(field, world.Blocking(issue)),
        "subIssues" => Issues(field, issue.SubIssues),
        "parent" => world.ParentOf(issue) is { } parent && Sees(parent.Repository) ? Issue(parent.Repository, parent.Issue) : null,
        "trackedIssues" or "trackedInIssues" => Issues(field, []),
        "issueDependenciesSummary" => Summary(issue),
        "isPinned" => false,
        _ => Common(repository, issue, field),
    });

    private GraphObject Repository(Repository repository) => new("Repository", field => field.Name switch
    {
        "id" => Node.Id("R", repository.Id),
        "databaseId" => repository.Id,
        "name" => repository.Name,
        "nameWithOwner" => repository.FullName,
        "owner" => Account(repository.Owner),
        "url" => RepositoryJson.Html(world, repository),
        "isPrivate" => repository.Private,
        "isFork" => repository.Parent is not null,
        "isArchived" => false,
        "parent" => repository.Parent is { } parent && Sees(parent) ? Repository(parent) : null,
        "hasIssuesEnabled" => true,
        "hasWikiEnabled" => false,
        "viewerPermission" => Permission(repository),
        "mergeCommitAllowed" or "squashMergeAllowed" or "rebaseMergeAllowed" => true,
        "deleteBranchOnMerge" => false,
        "description" => null,
        "defaultBranchRef" => Ref(repository, repository.DefaultBranch),
        "ref" => Ref(repository, (field.Text("qualifiedName") ?? "").Replace("refs/heads/", "", StringComparison.Ordinal)),
        "issue" => Numbered(repository, field, pulls: false),
        "pullRequest" => Numbered(repository, field, pulls: true),
        "issueOrPullRequest" => Numbered(repository, field, pulls: null),
        "issues" => Listed(repository, field, pulls: false),
        "pullRequests" => Listed(repository, field, pulls: true),
        _ => GraphObject.Unknown,
    });

    private object? Common(Repository repository, Issue issue, GraphField field) => field.Name switch
    {
        "number" => issue.Number,
        "title" => issue.Title,
        "body" => issue.Body ?? "",
        "url" => IssueJson.Html(world, repository, issue),
        "closed" => !issue.Open,
        "createdAt" => Node.Date(issue.CreatedAt),
        "updatedAt" => Node.Date(issue.UpdatedAt),
        "closedAt" => Node.Date(issue.ClosedAt),
        "author" => Account(issue.Author.User),
        "repository" => Repository(repository),
        "labels" => GraphResolver.Connection("LabelConnection", field, [.. issue.Labels.Select(Label)]),
        "comments" => GraphResolver.Connection("IssueCommentConnection", field, [.. issue.Comments.Select(c => Comment(repository, c))]),
        "assignees" or "projectCards" or "projectItems" => GraphResolver.Connection("UserConnection", field, []),
        "milestone" => null,
        _ => GraphObject.Unknown,
    };

    private static GraphObject Label(Label label) => new("Label", f => f.Name switch
    {
        "id" => Node.Id("LA", label.Id),
        "name" => label.Name,
        "color" => label.Color,
        "description" => label.Description,
        _ => GraphObject.Unknown,
    });

    public GraphObject Comment(Repository repository, Comment comment) => new("IssueComment", f => f.Name switch
    {
        "id" => Node.Id("IC", comment.Id),
        "databaseId" => comment.Id,
        "author" => Account(comment.Author.User),
        "body" => comment.Body,
        "createdAt" => Node.Date(comment.CreatedAt),
        "url" => $"{IssueJson.Html(world, repository, comment.Issue)}#issuecomment-{comment.Id}",
        "authorAssociation" => Node.Association(repository, comment.Author.User),
        "viewerDidAuthor" => call.By.User.Id == comment.Author.User.Id,
        "includesCreatedEdit" => comment.UpdatedAt != comment.CreatedAt,
        "isMinimized" => false,
        "minimizedReason" => null,
        "reactionGroups" => (IReadOnlyList<GraphObject?>)[],
        _ => GraphObject.Unknown,
    });

    private static GraphObject Account(Account account) => new(account.Type, f => f.Name switch
    {
        // GraphQL shows a bot without the brackets that REST puts behind its name.
        "login" => account.IsBot ? account.Login[..^"[bot]".Length] : account.Login,
        "id" => Node.Id(account.IsBot ? "BOT" : account.IsOrganization ? "O" : "U", account.Id),
        "databaseId" => account.Id,
        "name" => account.Login,
        _ => GraphObject.Unknown,
    });

    private static GraphObject? Ref(Repository repository, string name) => repository.Branch(name) is not { } sha ? null : new("Ref", f => f.Name switch
    {
        "name" => name,
        "target" => new GraphObject("Commit", c => c.Name == "oid" ? sha : GraphObject.Unknown),
        _ => GraphObject.Unknown,
    });

    private GraphObject Summary(Issue issue)
    {
        var blocking = world.Blocking(issue);
        return new("IssueDependenciesSummary", f => f.Name switch
        {
            "blockedBy" => issue.BlockedBy.Count(b => b.Issue.Open),
            "totalBlockedBy" => issue.BlockedBy.Count,
            "blocking" => blocking.Count(b => b.Issue.Open),
            "totalBlocking" => blocking.Count,
            _ => GraphObject.Unknown,
        });
    }

    private GraphObject RateLimit()
    {
        var rate = call.Simulation.Limits.Headers(JournalDraft.Of(call.Http).Caller);
        return new("RateLimit", f => f.Name switch
        {
            "limit" => rate.Limit,
            "remaining" => rate.Remaining,
            "used" => rate.Limit - rate.Remaining,
            "cost" => 1,
            "resetAt" => Node.Date(rate.Reset),
            _ => GraphObject.Unknown,
        });
    }

    private static string? Decision(Pull pull) => pull.Reviews.LastOrDefault(r => r.State is "APPROVED" or "CHANGES_REQUESTED")?.State;

    private string Permission(Repository repository) => call.Actor switch
    {
        Actor.Person { Account: var person } => repository.RoleOf(person).RoleName().ToUpperInvariant(),
        Actor.Installed { Token.Permissions: var permissions } when Access.Grants(permissions, "contents", write: true) => "WRITE",
        _ => "READ",
    };

    private bool Sees(Repository repository) => Access.Sees(call.Actor, repository);

    private GraphObject Find(string owner, string name)
    {
        var found = world.TryRepository(owner, name, out var repository) ? repository : world.FormerRepository(owner, name);
        return found is not null && Sees(found)
            ? Repository(found)
            : throw new GraphFault("NOT_FOUND", $"Could not resolve to a Repository with the name '{owner}/{name}'.");
    }

    private GraphObject? Numbered(Repository repository, GraphField field, bool? pulls)
    {
        var number = field.Whole("number") ?? 0;
        if (repository.Issues.GetValueOrDefault(number) is not { } issue || (pulls is { } wanted && wanted != issue.Pull is not null))
            throw new GraphFault("NOT_FOUND", $"Could not resolve to {(pulls == true ? "a PullRequest" : "an Issue")} with the number of {number}.");
        return Shown(repository, issue);
    }

    private GraphObject Listed(Repository repository, GraphField field, bool pulls)
    {
        var (states, labels, head) = (field.List("states"), field.List("labels"), field.Text("headRefName"));
        var filter = field.Arguments.GetValueOrDefault("filterBy") as IReadOnlyDictionary<string, object?>;
        if (filter?.GetValueOrDefault("states") is { } inFilter)
            states = inFilter is IReadOnlyList<object?> many ? [.. many.OfType<string>()] : [inFilter.ToString()!];
        string StateOf(Issue i) => i.Pull is { Merged: true } ? "MERGED" : i.State.ToUpperInvariant();
        var found = repository.Issues.Values.Where(i =>
            i.Pull is not null == pulls
            && (states.Count == 0 || states.Contains(StateOf(i)))
            && (labels.Count == 0 || i.Labels.Exists(l => labels.Contains(l.Name, StringComparer.OrdinalIgnoreCase)))
            && (head is null || i.Pull?.HeadBranch == head));
        return GraphResolver.Connection(pulls ? "PullRequestConnection" : "IssueConnection", field, [.. found.Reverse().Select(i => Shown(repository, i))]);
    }

    private GraphObject Shown(Repository repository, Issue issue)
    {
        var needed = issue.Pull is null ? "issues" : "pull_requests";
        if (call.Actor is Actor.Installed { Token.Permissions: var permissions } && !Access.Grants(permissions, needed, write: false))
            throw new GraphFault("FORBIDDEN", "Resource not accessible by integration");
        return issue.Pull is { } pull ? Pull(repository, pull) : Issue(repository, issue);
    }

    // Only what the caller may see is in the list, in whatever repository it is.
    private GraphObject Issues(GraphField field, IReadOnlyList<Tied> issues) => GraphResolver.Connection(
        "IssueConnection", field, [.. issues.Where(t => Sees(t.Repository)).Select(t => Issue(t.Repository, t.Issue))]);

    private List<GraphObject> Closing(Repository repository, Issue issue, bool includeClosed) =>
    [
        .. repository.Pulls.Where(p => (includeClosed || p.Issue.Open) && p.Closes(repository).Contains(issue)).Select(p => Pull(repository, p)),
    ];

    private GraphObject? NodeOf(string id)
    {
        foreach (var repository in world.Repositories.Where(Sees))
        {
            if (Node.Id("R", repository.Id) == id)
                return Repository(repository);
            if (repository.Issues.Values.FirstOrDefault(i => Node.Id(i.Pull is null ? "I" : "PR", i.Pull?.Id ?? i.Id) == id) is { } issue)
                return Shown(repository, issue);
        }

        throw new GraphFault("NOT_FOUND", $"Could not resolve to a node with the global id of '{id}'");
    }
}
