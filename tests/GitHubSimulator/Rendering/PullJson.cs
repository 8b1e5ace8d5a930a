using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class PullJson
{
    public static string Api(World world, Repository repository, Pull pull) => $"{RepositoryJson.Api(world, repository)}/pulls/{pull.Number}";

    /// <summary>The form in lists.</summary>
    public static JsonObject Of(World world, Repository repository, Pull pull)
    {
        var issue = pull.Issue;
        var api = Api(world, repository, pull);
        var html = IssueJson.Html(world, repository, issue);
        var repo = RepositoryJson.Api(world, repository);
        return new JsonObject
        {
            ["url"] = api,
            ["id"] = pull.Id,
            ["node_id"] = Node.Id("PR", pull.Id),
            ["html_url"] = html,
            ["diff_url"] = html + ".diff",
            ["patch_url"] = html + ".patch",
            ["issue_url"] = IssueJson.Api(world, repository, issue),
            ["number"] = issue.Number,
            ["state"] = issue.State,
            ["locked"] = false,
            ["title"] = issue.Title,
            ["user"] = AccountJson.Of(world, issue.Author.User),
            ["body"] = issue.Body,
            ["created_at"] = Node.Date(issue.CreatedAt),
            ["updated_at"] = Node.Date(issue.UpdatedAt),
            ["closed_at"] = Node.Date(issue.ClosedAt),
            ["merged_at"] = Node.Date(pull.MergedAt),
            ["merge_commit_sha"] = pull.MergeCommitSha,
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["requested_reviewers"] = new JsonArray(),
            ["requested_teams"] = new JsonArray(),
            ["labels"] = Node.List(issue.Labels.Select(l => LabelJson.Of(world, repository, l))),
            ["milestone"] = null,
            ["draft"] = pull.Draft,
            ["commits_url"] = api + "/commits",
            ["review_comments_url"] = api + "/comments",
            ["review_comment_url"] = repo + "/pulls/comments{/number}",
            ["comments_url"] = IssueJson.Api(world, repository, issue) + "/comments",
            ["statuses_url"] = $"{repo}/statuses/{pull.HeadSha}",
            ["head"] = Side(world, pull.HeadRepository ?? repository, pull.HeadBranch, pull.HeadSha, pull.HeadIsGone),
            ["base"] = Side(world, repository, pull.BaseBranch, pull.BaseSha),
            ["_links"] = new JsonObject
            {
                ["self"] = Link(api),
                ["html"] = Link(html),
                ["issue"] = Link(IssueJson.Api(world, repository, issue)),
                ["comments"] = Link(IssueJson.Api(world, repository, issue) + "/comments"),
                ["review_comments"] = Link(api + "/comments"),
                ["review_comment"] = Link(repo + "/pulls/comments{/number}"),
                ["commits"] = Link(api + "/commits"),
                ["statuses"] = Link($"{repo}/statuses/{pull.HeadSha}"),
            },
            ["author_association"] = Node.Association(repository, issue.Author.User),
            ["auto_merge"] = null,
            ["active_lock_reason"] = null,
        };
    }

    /// <summary>The form of one pull request; <paramref name="clean"/> is null while GitHub has not yet tried to merge it.</summary>
    public static JsonObject Full(World world, Repository repository, Pull pull, bool? clean)
    {
        var json = Of(world, repository, pull);
        var mergeable = pull.Merged || !pull.Issue.Open ? null : clean;
        json["merged"] = pull.Merged;
        json["mergeable"] = mergeable;
        json["rebaseable"] = mergeable;
        json["mergeable_state"] = mergeable switch
        {
            null => "unknown",
            false => "dirty",
            true when pull.Draft => "draft",
            true => "clean",
        };
        json["merged_by"] = pull.MergedBy is null ? null : AccountJson.Of(world, pull.MergedBy);
        json["comments"] = pull.Issue.Comments.Count;
        json["review_comments"] = pull.Comments.Count;
        json["maintainer_can_modify"] = false;
        json["commits"] = pull.Size.Commits;
        json["additions"] = pull.Size.Additions;
        json["deletions"] = pull.Size.Deletions;
        json["changed_files"] = pull.Size.ChangedFiles;
        return json;
    }

    /// <summary>The short form inside check runs.</summary>
    public static JsonObject Brief(World world, Repository repository, Pull pull) => new()
    {
        ["id"] = pull.Id,
        ["number"] = pull.Number,
        ["url"] = Api(world, repository, pull),
        ["head"] = BriefSide(world, repository, pull.HeadBranch, pull.HeadSha),
        ["base"] = BriefSide(world, repository, pull.BaseBranch, pull.BaseSha),
    };

    private static JsonObject Side(World world, Repository repository, string branch, string sha, bool gone = false) => new()
    {
        ["label"] = $"{repository.Owner.Login}:{branch}",
        ["ref"] = branch,
        ["sha"] = sha,
        ["user"] = AccountJson.Of(world, repository.Owner),
        ["repo"] = gone ? null : RepositoryJson.Of(world, repository),
    };

    private static JsonObject BriefSide(World world, Repository repository, string branch, string sha) => new()
    {
        ["ref"] = branch,
        ["sha"] = sha,
        ["repo"] = new JsonObject { ["id"] = repository.Id, ["url"] = RepositoryJson.Api(world, repository), ["name"] = repository.Name },
    };

    private static JsonObject Link(string address) => new() { ["href"] = address };
}
