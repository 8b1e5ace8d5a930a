using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class CheckJson
{
    public static JsonObject Of(World world, Repository repository, CheckRun check)
    {
        var api = $"{RepositoryJson.Api(world, repository)}/check-runs/{check.Id}";
        var pulls = repository.Pulls.Where(p => p.Issue.Open && p.HeadSha == check.HeadSha);
        return new JsonObject
        {
            ["id"] = check.Id,
            ["head_sha"] = check.HeadSha,
            ["node_id"] = Node.Id("CR", check.Id),
            ["external_id"] = check.ExternalId ?? "",
            ["url"] = api,
            ["html_url"] = $"{RepositoryJson.Html(world, repository)}/runs/{check.Id}",
            ["details_url"] = check.DetailsUrl ?? $"{world.Url}/apps/{check.App.Slug}",
            ["status"] = check.Status,
            ["conclusion"] = check.Conclusion,
            ["started_at"] = Node.Date(check.StartedAt),
            ["completed_at"] = Node.Date(check.CompletedAt),
            ["output"] = new JsonObject
            {
                ["title"] = check.Title,
                ["summary"] = check.Summary,
                ["text"] = check.Text,
                ["annotations_count"] = check.Annotations.Count,
                ["annotations_url"] = api + "/annotations",
            },
            ["name"] = check.Name,
            ["check_suite"] = new JsonObject { ["id"] = check.SuiteId },
            ["app"] = AppJson.Of(world, check.App),
            ["pull_requests"] = Node.List(pulls.Select(p => PullJson.Brief(world, repository, p))),
        };
    }

    /// <summary>The form in webhooks, with its suite.</summary>
    public static JsonObject Announced(World world, Repository repository, CheckRun check)
    {
        var json = Of(world, repository, check);
        var pull = repository.Pulls.FirstOrDefault(p => p.HeadSha == check.HeadSha);
        json["check_suite"] = new JsonObject
        {
            ["id"] = check.SuiteId,
            ["node_id"] = Node.Id("CS", check.SuiteId),
            ["head_branch"] = pull?.HeadBranch,
            ["head_sha"] = check.HeadSha,
            ["status"] = check.Status,
            ["conclusion"] = check.Conclusion,
            ["url"] = $"{RepositoryJson.Api(world, repository)}/check-suites/{check.SuiteId}",
            ["before"] = null,
            ["after"] = check.HeadSha,
            ["pull_requests"] = json["pull_requests"]!.DeepClone(),
            ["app"] = AppJson.Of(world, check.App),
            ["created_at"] = Node.Date(check.StartedAt),
            ["updated_at"] = Node.Date(check.CompletedAt ?? check.StartedAt),
        };
        return json;
    }
}
