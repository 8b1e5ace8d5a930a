using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class RepositoryJson
{
    private static readonly (string Name, string Path)[] Addresses =
    [
        ("archive_url", "{archive_format}{/ref}"), ("assignees_url", "assignees{/user}"), ("blobs_url", "git/blobs{/sha}"),
        ("branches_url", "branches{/branch}"), ("collaborators_url", "collaborators{/collaborator}"), ("comments_url", "comments{/number}"),
        ("commits_url", "commits{/sha}"), ("compare_url", "compare/{base}...{head}"), ("contents_url", "contents/{+path}"),
        ("contributors_url", "contributors"), ("deployments_url", "deployments"), ("downloads_url", "downloads"), ("events_url", "events"),
        ("forks_url", "forks"), ("git_commits_url", "git/commits{/sha}"), ("git_refs_url", "git/refs{/sha}"), ("git_tags_url", "git/tags{/sha}"),
        ("hooks_url", "hooks"), ("issue_comment_url", "issues/comments{/number}"), ("issue_events_url", "issues/events{/number}"),
        ("issues_url", "issues{/number}"), ("keys_url", "keys{/key_id}"), ("labels_url", "labels{/name}"), ("languages_url", "languages"),
        ("merges_url", "merges"), ("milestones_url", "milestones{/number}"), ("notifications_url", "notifications{?since,all,participating}"),
        ("pulls_url", "pulls{/number}"), ("releases_url", "releases{/id}"), ("stargazers_url", "stargazers"), ("statuses_url", "statuses/{sha}"),
        ("subscribers_url", "subscribers"), ("subscription_url", "subscription"), ("tags_url", "tags"), ("teams_url", "teams"),
        ("trees_url", "git/trees{/sha}"),
    ];

    private static readonly string[] Features =
        ["has_issues", "has_projects", "has_downloads", "has_wiki", "has_pages", "has_discussions", "archived", "disabled", "fork", "is_template", "web_commit_signoff_required"];

    public static string Api(World world, Repository repository) => $"{world.Url}/repos/{repository.FullName}";

    public static string Html(World world, Repository repository) => $"{world.Url}/{repository.FullName}";

    public static JsonObject Of(World world, Repository repository)
    {
        var api = Api(world, repository);
        var html = Html(world, repository);
        var open = repository.Issues.Values.Count(i => i.Open);
        var json = new JsonObject
        {
            ["id"] = repository.Id,
            ["node_id"] = Node.Id("R", repository.Id),
            ["name"] = repository.Name,
            ["full_name"] = repository.FullName,
            ["private"] = repository.Private,
            ["owner"] = AccountJson.Of(world, repository.Owner),
            ["html_url"] = html,
            ["description"] = null,
            ["url"] = api,
            ["git_url"] = html + ".git",
            ["ssh_url"] = html + ".git",
            ["clone_url"] = html + ".git",
            ["svn_url"] = html,
            ["mirror_url"] = null,
            ["homepage"] = null,
            ["language"] = null,
            ["license"] = null,
            ["forks_count"] = 0,
            ["forks"] = 0,
            ["stargazers_count"] = 0,
            ["watchers_count"] = 0,
            ["watchers"] = 0,
            ["size"] = 1,
            ["default_branch"] = repository.DefaultBranch,
            ["open_issues_count"] = open,
            ["open_issues"] = open,
            ["topics"] = new JsonArray(),
            ["visibility"] = repository.Private ? "private" : "public",
            ["allow_forking"] = true,
            ["pushed_at"] = Node.Date(repository.PushedAt),
            ["created_at"] = Node.Date(repository.CreatedAt),
            ["updated_at"] = Node.Date(repository.PushedAt),
        };
        foreach (var feature in Features)
            json[feature] = feature == "has_issues";
        foreach (var (name, path) in Addresses)
            json[name] = $"{api}/{path}";
        return json;
    }

    /// <summary>GET of one repository: with its settings and what the asker may do.</summary>
    public static JsonObject Full(World world, Repository repository, Role role)
    {
        var json = Of(world, repository);
        json["permissions"] = new JsonObject
        {
            ["admin"] = role >= Role.Admin,
            ["maintain"] = role >= Role.Maintain,
            ["push"] = role >= Role.Write,
            ["triage"] = role >= Role.Triage,
            ["pull"] = role >= Role.Read,
        };
        foreach (var method in new[] { "allow_rebase_merge", "allow_squash_merge", "allow_merge_commit" })
            json[method] = true;
        json["allow_auto_merge"] = false;
        json["delete_branch_on_merge"] = false;
        json["allow_update_branch"] = false;
        json["network_count"] = 0;
        json["subscribers_count"] = 0;
        return json;
    }
}
