using System.Globalization;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Acts;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Git;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Api;

/// <summary>Files and folders at a ref.</summary>
internal static class ContentEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/repos/{owner}/{repo}/contents/{**path}", Need.Read("contents"), GetAsync);
        routes.Put("/repos/{owner}/{repo}/contents/{**path}", Need.Write("contents", Role.Write), PutAsync);
    }

    private static async Task<Reply> PutAsync(Call call)
    {
        var (repository, git) = (call.Repository, call.Repository.Git);
        var path = call.Route("path").Trim('/');
        var message = call.Text("message") ?? throw ApiRefusal.Invalid("Commit", "message", "missing_field");
        var branch = call.Text("branch") ?? repository.DefaultBranch;
        var bytes = Bytes(call.Text("content") ?? throw ApiRefusal.Invalid("Commit", "content", "missing_field"));
        var tip = repository.Branch(branch);
        // The first commit of an empty repository makes its branch.
        if (tip is null && repository.Refs.Keys.Any(r => r.StartsWith("refs/heads/", StringComparison.Ordinal)))
            throw new ApiRefusal(404, $"Branch {branch} not found");
        var before = tip is null ? null : (await ListAsync(git, tip, path)).SingleOrDefault(e => e.Path == path);
        if (before is not null && call.Text("sha") != before.Sha)
            throw call.Text("sha") is null
                ? new ApiRefusal(422, "Invalid request.\n\n\"sha\" wasn't supplied.")
                : new ApiRefusal(409, $"{path} does not match {call.Text("sha")}");
        var author = new Signature(call.By.User.Login, $"{call.By.User.Id}+{call.By.User.Login}@users.noreply.github.com", call.World.Now);
        var tree = await git.WithFileAsync(tip, path, bytes);
        var sha = await git.CommitTreeAsync(tree, tip is null ? [] : [tip], message + "\n", author, call.World.Now);
        if (!await call.Simulation.MoveRefAsync(repository, "refs/heads/" + branch, sha, call.By))
            throw new ApiRefusal(409, "The branch has moved.");
        var entry = (await ListAsync(git, sha, path)).Single();
        var commit = (JsonObject)CommitJson.Of(call.World, repository, (await git.CommitAsync(sha))!)["commit"]!.DeepClone();
        commit["sha"] = sha;
        return new Reply(before is null ? 201 : 200, new JsonObject { ["content"] = Render(call, entry, sha), ["commit"] = commit });
    }

    private static byte[] Bytes(string content)
    {
        try
        {
            return Convert.FromBase64String(content);
        }
        catch (FormatException)
        {
            throw new ApiRefusal(422, "content is not valid Base64");
        }
    }

    private static async Task<Reply> GetAsync(Call call)
    {
        var git = call.Repository.Git;
        var path = call.Route("path").Trim('/');
        var reference = call.Query("ref") ?? call.Repository.DefaultBranch;
        var sha = await git.ResolveAsync(reference) ?? throw new ApiRefusal(404, $"No commit found for the ref {reference}");
        var entry = path.Length == 0 ? null : (await ListAsync(git, sha, path)).SingleOrDefault(e => e.Path == path) ?? throw ApiRefusal.NotFound();
        if (entry is null || entry.Kind == "tree")
        {
            var listed = await ListAsync(git, sha, path.Length == 0 ? "" : path + "/");
            return Reply.Ok(Node.List(listed.Select(e => Render(call, e, sha))));
        }

        var bytes = (await git.RunAsync(["cat-file", "blob", entry.Sha])).Output;
        if (call.Request.Headers.Accept.ToString().Contains("raw", StringComparison.Ordinal))
            return new Reply(200, Raw: bytes);
        var json = Render(call, entry, sha);
        json["content"] = string.Concat(Convert.ToBase64String(bytes).Chunk(60).Select(c => new string(c) + "\n"));
        json["encoding"] = "base64";
        return Reply.Ok(json);
    }

    private static async Task<IReadOnlyList<Entry>> ListAsync(GitStore git, string sha, string path)
    {
        var text = await git.TextAsync(["--literal-pathspecs", "ls-tree", "-z", "--long", "--full-tree", sha, .. path.Length == 0 ? Array.Empty<string>() : ["--", path]]);
        return [.. text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var fields = line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _ = int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var size);
            return new Entry(fields[1], fields[2], size, line[(tab + 1)..]);
        })];
    }

    private static JsonObject Render(Call call, Entry entry, string sha)
    {
        var path = Uri.EscapeDataString(entry.Path).Replace("%2F", "/", StringComparison.Ordinal);
        var self = $"{RepositoryJson.Api(call.World, call.Repository)}/contents/{path}?ref={sha}";
        var kind = entry.Kind == "tree" ? "tree" : "blob";
        var html = $"{RepositoryJson.Html(call.World, call.Repository)}/{kind}/{sha}/{path}";
        var git = $"{RepositoryJson.Api(call.World, call.Repository)}/git/{kind}s/{entry.Sha}";
        return new JsonObject
        {
            ["type"] = entry.Kind == "tree" ? "dir" : "file",
            ["size"] = entry.Size,
            ["name"] = entry.Path.Split('/')[^1],
            ["path"] = entry.Path,
            ["sha"] = entry.Sha,
            ["url"] = self,
            ["git_url"] = git,
            ["html_url"] = html,
            ["download_url"] = kind == "blob" ? $"{RepositoryJson.Html(call.World, call.Repository)}/raw/{sha}/{path}" : null,
            ["_links"] = new JsonObject { ["self"] = self, ["git"] = git, ["html"] = html },
        };
    }

    private sealed record Entry(string Kind, string Sha, int Size, string Path);
}
