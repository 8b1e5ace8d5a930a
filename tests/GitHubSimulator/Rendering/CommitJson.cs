using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Rendering;

internal static class CommitJson
{
    public static JsonObject Of(World world, Repository repository, Commit commit)
    {
        var api = RepositoryJson.Api(world, repository);
        var html = RepositoryJson.Html(world, repository);
        return new JsonObject
        {
            ["url"] = $"{api}/commits/{commit.Sha}",
            ["sha"] = commit.Sha,
            ["node_id"] = "C_" + commit.Sha,
            ["html_url"] = $"{html}/commit/{commit.Sha}",
            ["comments_url"] = $"{api}/commits/{commit.Sha}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = $"{api}/git/commits/{commit.Sha}",
                ["author"] = Signature(commit.Author),
                ["committer"] = Signature(commit.Committer),
                ["message"] = commit.Message,
                ["comment_count"] = 0,
                ["tree"] = new JsonObject { ["sha"] = commit.Tree, ["url"] = $"{api}/git/trees/{commit.Tree}" },
                ["verification"] = new JsonObject
                {
                    ["verified"] = false,
                    ["reason"] = "unsigned",
                    ["payload"] = null,
                    ["signature"] = null,
                    ["verified_at"] = null,
                },
            },
            ["author"] = null,
            ["committer"] = null,
            ["parents"] = Node.List(commit.Parents.Select(p => new JsonObject
            {
                ["sha"] = p,
                ["url"] = $"{api}/commits/{p}",
                ["html_url"] = $"{html}/commit/{p}",
            })),
        };
    }

    /// <summary>The form in push events.</summary>
    public static JsonObject Pushed(World world, Repository repository, Commit commit) => new()
    {
        ["id"] = commit.Sha,
        ["tree_id"] = commit.Tree,
        ["distinct"] = true,
        ["message"] = commit.Message,
        ["timestamp"] = Node.Date(commit.Committer.At),
        ["url"] = $"{RepositoryJson.Html(world, repository)}/commit/{commit.Sha}",
        ["author"] = Person(commit.Author),
        ["committer"] = Person(commit.Committer),
        ["added"] = new JsonArray(),
        ["removed"] = new JsonArray(),
        ["modified"] = new JsonArray(),
    };

    public static JsonObject File(World world, Repository repository, string sha, DiffFile file)
    {
        var path = Uri.EscapeDataString(file.Path).Replace("%2F", "/", StringComparison.Ordinal);
        var json = new JsonObject
        {
            ["sha"] = file.Blob,
            ["filename"] = file.Path,
            ["status"] = file.Status,
            ["additions"] = file.Additions,
            ["deletions"] = file.Deletions,
            ["changes"] = file.Additions + file.Deletions,
            ["blob_url"] = $"{RepositoryJson.Html(world, repository)}/blob/{sha}/{path}",
            ["raw_url"] = $"{RepositoryJson.Html(world, repository)}/raw/{sha}/{path}",
            ["contents_url"] = $"{RepositoryJson.Api(world, repository)}/contents/{path}?ref={sha}",
        };
        if (file.Patch is not null)
            json["patch"] = file.Patch;
        if (file.PreviousPath is not null)
            json["previous_filename"] = file.PreviousPath;
        return json;
    }

    private static JsonObject Signature(Signature signature) =>
        new() { ["name"] = signature.Name, ["email"] = signature.Email, ["date"] = Node.Date(signature.At) };

    private static JsonObject Person(Signature signature) => new() { ["name"] = signature.Name, ["email"] = signature.Email };
}
