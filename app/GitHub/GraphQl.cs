using Muster.App.GitHub.Budget;
using Muster.App.Settings;

namespace Muster.App.GitHub;

/// <summary>The one act that GitHub offers in GraphQL only.</summary>
public sealed class GraphQl(GitHubClient client, AppSettings settings)
{
    private const string MarkReady =
        "mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }";

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
