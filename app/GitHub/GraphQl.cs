using Muster.App.GitHub.Budget;
using Muster.App.Settings;
using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>What GitHub offers in GraphQL only: one act, and the ties of many issues in one question.</summary>
public sealed class GraphQl(GitHubClient client, AppSettings settings)
{
    private const string MarkReady =
        "mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }";

    private const string Ties =
        """
        fragment ties on Issue { number state stateReason closedByPullRequestsReferences(first: 20, includeClosedPrs: true) { nodes { number state isDraft url author { __typename login } repository { nameWithOwner } } } blockedBy(first: 50) { nodes { number state stateReason repository { nameWithOwner } } } }
        """;

    // More in one question would cost GitHub more than one point.
    private const int MostIssues = 100;

    /// <summary>What GitHub knows of issues, a hundred in one round trip. Refused where the server does not know how to say it.</summary>
    public async Task<Answer<IReadOnlyDictionary<IssueNumber, IssueTies>>> TiesAsync(
        RepoRef repo, IReadOnlyCollection<IssueNumber> issues, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repo);
        var all = new Dictionary<IssueNumber, IssueTies>();
        foreach (var some in issues.Distinct().OrderBy(i => i.Value).Chunk(MostIssues))
        {
            var asked = string.Join(' ', some.Select(i => $"i{i.Value}: issue(number: {i.Value}) {{ ...ties }}"));
            var request = new GraphQlRequest(
                $"query($owner: String!, $name: String!) {{ repository(owner: $owner, name: $name) {{ {asked} }} }} {Ties}",
                new Dictionary<string, string> { ["owner"] = repo.Name.Owner, ["name"] = repo.Name.Name });
            var reply = await client.PostAsync(
                new Caller.Inside(GitHubIdentity.Author, repo, Act.Read), settings.GitHub.GraphQl, CallCost.Read, request, GitHubJson.Default.GraphQlRequest,
                cancellationToken);
            var read = reply.Then(ok => ok.Read(GraphJson.Default.GraphReply)).Then(graph => Found(graph, repo.Name));
            if (read is not Answer<IReadOnlyList<GraphIssue>>.Ok { Value: var found })
                return read.Select<IReadOnlyDictionary<IssueNumber, IssueTies>>(_ => all);
            foreach (var issue in found)
                all[new IssueNumber(issue.Number)] = issue.Ties(repo.Name);
        }

        return new Answer<IReadOnlyDictionary<IssueNumber, IssueTies>>.Ok(all);
    }

    /// <summary>Takes the draft mark off; a pull request without one stays as it is.</summary>
    /// <param name="nodeId"><see cref="Pull.NodeId"/>.</param>
    public async Task<Answer<Done>> MarkReadyAsync(RepoRef repo, string nodeId, CancellationToken cancellationToken)
    {
        var request = new GraphQlRequest(MarkReady, new Dictionary<string, string> { ["id"] = nodeId });
        var reply = await client.PostAsync(
            new Caller.Inside(GitHubIdentity.Author, repo, Act.Pull), settings.GitHub.GraphQl, CallCost.ContentWrite, request, GitHubJson.Default.GraphQlRequest,
            cancellationToken);
        return reply.Then(ok => ok.Read(GitHubJson.Default.GraphQlReply)).Then(Verdict);
    }

    // An issue that is not there is said so and left out; any other error may hide a tie.
    private static Answer<IReadOnlyList<GraphIssue>> Found(GraphReply reply, RepoName name)
    {
        if (reply.Errors?.FirstOrDefault(e => e.Type is not "NOT_FOUND") is { } error)
            return error.Type is "RATE_LIMITED" or "SERVICE_UNAVAILABLE" or "INTERNAL"
                ? new Answer<IReadOnlyList<GraphIssue>>.Unknown($"GitHub's GraphQL: {error.Message}")
                : new Answer<IReadOnlyList<GraphIssue>>.Refused(422, error.Message ?? "");
        return reply.Data?.Repository is { } issues
            ? new Answer<IReadOnlyList<GraphIssue>>.Ok([.. issues.Values.OfType<GraphIssue>()])
            : new Answer<IReadOnlyList<GraphIssue>>.Refused(404, $"GraphQL does not show {name}");
    }

    // GraphQL answers 200 whatever happened; the type of the error is what a status would be.
    private static Answer<Done> Verdict(GraphQlReply reply) => reply.Errors switch
    {
        null or [] => new Answer<Done>.Ok(default),
        [{ Type: "NOT_FOUND" }, ..] => new Answer<Done>.NotFound(),
        [{ Type: "RATE_LIMITED" }, ..] => new Answer<Done>.Unknown("GitHub's rate limit"),
        [{ Type: "FORBIDDEN" } error, ..] => new Answer<Done>.Refused(403, error.Message ?? ""),
        [{ Type: "UNPROCESSABLE" } error, ..] => new Answer<Done>.Refused(422, error.Message ?? ""),
        [var error, ..] => new Answer<Done>.Unknown($"GitHub's GraphQL: {error.Message}"),
    };
}
