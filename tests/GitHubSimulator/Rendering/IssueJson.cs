using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class IssueJson
{
    public static string Api(World world, Repository repository, Issue issue) => $"{RepositoryJson.Api(world, repository)}/issues/{issue.Number}";

    public static string Html(World world, Repository repository, Issue issue) =>
        $"{RepositoryJson.Html(world, repository)}/{(issue.Pull is null ? "issues" : "pull")}/{issue.Number}";

    public static JsonObject Of(World world, Repository repository, Issue issue)
    {
        var api = Api(world, repository, issue);
        var json = new JsonObject
        {
            ["id"] = issue.Id,
            ["node_id"] = Node.Id(issue.Pull is null ? "I" : "PR", issue.Pull?.Id ?? issue.Id),
            ["url"] = api,
            ["repository_url"] = RepositoryJson.Api(world, repository),
            ["labels_url"] = api + "/labels{/name}",
            ["comments_url"] = api + "/comments",
            ["events_url"] = api + "/events",
            ["html_url"] = Html(world, repository, issue),
            ["number"] = issue.Number,
            ["state"] = issue.State,
            ["state_reason"] = issue.StateReason,
            ["title"] = issue.Title,
            ["body"] = issue.Body,
            ["user"] = AccountJson.Of(world, issue.Author.User),
            ["labels"] = Node.List(issue.Labels.Select(l => LabelJson.Of(world, repository, l))),
            ["assignee"] = null,
            ["assignees"] = new JsonArray(),
            ["milestone"] = null,
            ["locked"] = false,
            ["active_lock_reason"] = null,
            ["comments"] = issue.Comments.Count,
            ["closed_at"] = Node.Date(issue.ClosedAt),
            ["created_at"] = Node.Date(issue.CreatedAt),
            ["updated_at"] = Node.Date(issue.UpdatedAt),
            ["closed_by"] = issue.ClosedBy is null ? null : AccountJson.Of(world, issue.ClosedBy),
            ["author_association"] = Node.Association(repository, issue.Author.User),
            ["reactions"] = ReactionJson.Summary(api, issue.Reactions),
            ["timeline_url"] = api + "/timeline",
            ["performed_via_github_app"] = AppJson.Via(world, issue.Author.App),
        };
        if (issue.Pull is null)
        {
            var (blocking, done) = (world.Blocking(issue), issue.SubIssues.Count(s => !s.Issue.Open));
            json["issue_dependencies_summary"] = new JsonObject
            {
                ["blocked_by"] = issue.BlockedBy.Count(b => b.Issue.Open),
                ["blocking"] = blocking.Count(b => b.Issue.Open),
                ["total_blocked_by"] = issue.BlockedBy.Count,
                ["total_blocking"] = blocking.Count,
            };
            json["sub_issues_summary"] = new JsonObject
            {
                ["total"] = issue.SubIssues.Count,
                ["completed"] = done,
                ["percent_completed"] = issue.SubIssues.Count == 0 ? 0 : done * 100 / issue.SubIssues.Count,
            };
        }

        if (issue.Pull is { } pull)
        {
            var html = Html(world, repository, issue);
            json["draft"] = pull.Draft;
            json["pull_request"] = new JsonObject
            {
                ["url"] = $"{RepositoryJson.Api(world, repository)}/pulls/{issue.Number}",
                ["html_url"] = html,
                ["diff_url"] = html + ".diff",
                ["patch_url"] = html + ".patch",
                ["merged_at"] = Node.Date(pull.MergedAt),
            };
        }

        return json;
    }

    /// <summary>The form in webhooks, which are older than some of what the API shows.</summary>
    public static JsonObject Announced(World world, Repository repository, Issue issue)
    {
        var json = Of(world, repository, issue);
        json.Remove("closed_by");
        (json["performed_via_github_app"] as JsonObject)?.Remove("client_id");
        return json;
    }

    public static JsonObject Comment(World world, Repository repository, Comment comment)
    {
        var api = $"{RepositoryJson.Api(world, repository)}/issues/comments/{comment.Id}";
        return new JsonObject
        {
            ["id"] = comment.Id,
            ["node_id"] = Node.Id("IC", comment.Id),
            ["url"] = api,
            ["html_url"] = $"{Html(world, repository, comment.Issue)}#issuecomment-{comment.Id}",
            ["issue_url"] = Api(world, repository, comment.Issue),
            ["body"] = comment.Body,
            ["user"] = AccountJson.Of(world, comment.Author.User),
            ["created_at"] = Node.Date(comment.CreatedAt),
            ["updated_at"] = Node.Date(comment.UpdatedAt),
            ["author_association"] = Node.Association(repository, comment.Author.User),
            ["reactions"] = ReactionJson.Summary(api, comment.Reactions),
            ["performed_via_github_app"] = AppJson.Via(world, comment.Author.App),
        };
    }

    public static JsonObject Timeline(World world, Repository repository, TimelineEntry entry)
    {
        var json = new JsonObject
        {
            ["id"] = entry.Id,
            ["node_id"] = Node.Id("TE", entry.Id),
            ["url"] = $"{RepositoryJson.Api(world, repository)}/issues/events/{entry.Id}",
            ["actor"] = AccountJson.Of(world, entry.By.User),
            ["event"] = entry.Event,
            ["commit_id"] = null,
            ["commit_url"] = null,
            ["created_at"] = Node.Date(entry.At),
            ["performed_via_github_app"] = AppJson.Via(world, entry.By.App),
        };
        foreach (var (name, value) in entry.Details())
            json[name] = value?.DeepClone();
        return json;
    }
}
