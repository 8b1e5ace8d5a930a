using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class ReviewJson
{
    public static JsonObject Of(World world, Repository repository, Pull pull, Review review)
    {
        var html = $"{IssueJson.Html(world, repository, pull.Issue)}#pullrequestreview-{review.Id}";
        var api = PullJson.Api(world, repository, pull);
        var json = new JsonObject
        {
            ["id"] = review.Id,
            ["node_id"] = Node.Id("PRR", review.Id),
            ["user"] = AccountJson.Of(world, review.Author.User),
            ["body"] = review.Body,
            ["state"] = review.State,
            ["html_url"] = html,
            ["pull_request_url"] = api,
            ["author_association"] = Node.Association(repository, review.Author.User),
            ["_links"] = new JsonObject { ["html"] = new JsonObject { ["href"] = html }, ["pull_request"] = new JsonObject { ["href"] = api } },
            ["commit_id"] = review.CommitId,
        };
        if (review.SubmittedAt is { } at)
            json["submitted_at"] = Node.Date(at);
        return json;
    }

    /// <summary>The form in webhooks, where the state is in lower case.</summary>
    public static JsonObject Announced(World world, Repository repository, Pull pull, Review review)
    {
        var json = Of(world, repository, pull, review);
        json["state"] = review.State switch
        {
            "APPROVED" => "approved",
            "CHANGES_REQUESTED" => "changes_requested",
            "DISMISSED" => "dismissed",
            _ => "commented",
        };
        json["submitted_at"] ??= null;
        return json;
    }

    public static JsonObject Comment(World world, Repository repository, Pull pull, ReviewComment comment)
    {
        var api = $"{RepositoryJson.Api(world, repository)}/pulls/comments/{comment.Id}";
        var html = $"{IssueJson.Html(world, repository, pull.Issue)}#discussion_r{comment.Id}";
        var pullApi = PullJson.Api(world, repository, pull);
        // Once the head has moved on, GitHub calls the comment outdated: it has a place in the old diff only.
        var current = comment.CommitId == pull.HeadSha;
        return new JsonObject
        {
            ["url"] = api,
            ["pull_request_review_id"] = comment.Review.Id,
            ["id"] = comment.Id,
            ["node_id"] = Node.Id("PRRC", comment.Id),
            ["diff_hunk"] = comment.DiffHunk,
            ["path"] = comment.Path,
            ["position"] = current ? comment.Position : null,
            ["original_position"] = comment.Position,
            ["commit_id"] = pull.HeadSha,
            ["original_commit_id"] = comment.CommitId,
            ["user"] = AccountJson.Of(world, comment.Author.User),
            ["body"] = comment.Body,
            ["created_at"] = Node.Date(comment.CreatedAt),
            ["updated_at"] = Node.Date(comment.CreatedAt),
            ["html_url"] = html,
            ["pull_request_url"] = pullApi,
            ["author_association"] = Node.Association(repository, comment.Author.User),
            ["_links"] = new JsonObject
            {
                ["self"] = new JsonObject { ["href"] = api },
                ["html"] = new JsonObject { ["href"] = html },
                ["pull_request"] = new JsonObject { ["href"] = pullApi },
            },
            ["reactions"] = ReactionJson.Summary(api, []),
            ["start_line"] = comment.StartLine,
            ["original_start_line"] = comment.StartLine,
            ["start_side"] = comment.StartSide,
            ["line"] = current ? comment.Line : null,
            ["original_line"] = comment.Line,
            ["side"] = comment.Side,
            ["subject_type"] = "line",
        };
    }
}
