using System.Text.Json.Nodes;

namespace Muster.App.Tests.Simulator;

/// <summary>One repository in the simulator, with the short ways a test goes.</summary>
public sealed class Toy(SimulatorFixture github, string name, JsonNode made)
{
    public string Name { get; } = name;

    public string Path { get; } = $"/repos/{made["fullName"]}";

    public long Id { get; } = made["id"]!.GetValue<long>();

    public string CloneUrl { get; } = made["cloneUrl"]!.GetValue<string>();

    /// <summary>The bare repository itself, to look at with git.</summary>
    public GitRun Bare { get; } = new(made["gitDirectory"]!.GetValue<string>());

    public long Installation(long app = SimulatorFixture.Author) => made["installationIds"]![$"{app}"]!.GetValue<long>();

    public Task<Answer> GetAsync(string path, string? token) => github.GetAsync(Path + path, token);

    public Task<Answer> PostAsync(string path, string? token, object? body) => github.PostAsync(Path + path, token, body);

    public Task<Answer> PatchAsync(string path, string token, object body) =>
        Answer.AskAsync(github.Client, HttpMethod.Patch, Path + path, token, body);

    public Task<Answer> PutAsync(string path, string token, object body) =>
        Answer.AskAsync(github.Client, HttpMethod.Put, Path + path, token, body);

    public Task<Answer> DeleteAsync(string path, string token) =>
        Answer.AskAsync(github.Client, HttpMethod.Delete, Path + path, token, null);

    public async Task<string> AppTokenAsync(long app = SimulatorFixture.Author, object? permissions = null)
    {
        object body = permissions is null ? new { repository_ids = new[] { Id } } : new { repository_ids = new[] { Id }, permissions };
        var minted = await github.PostAsync($"/app/installations/{Installation(app)}/access_tokens", github.Jwt(app), body);
        return minted.Text("token");
    }

    public async Task<int> IssueAsync(string title = "An issue", string? body = null, string login = "ann") =>
        (await PostAsync("/issues", github.Token(login), new { title, body }))["number"].GetValue<int>();

    /// <summary>Puts one commit on a branch by a push over HTTP.</summary>
    public async Task<string> PushAsync(string branch, string file, string text, string? from = null, string login = "ann")
    {
        using var work = await CloneAsync(login);
        if (from is not null)
            await work.OkAsync("checkout", "-q", "-B", branch, from);
        else if (branch != "main" || await work.TryAsync("rev-parse", "-q", "--verify", "HEAD") == 0)
            await work.OkAsync("checkout", "-q", "-B", branch);
        await CommitAsync(work, file, text);
        await work.OkAsync("push", "-q", "-f", "origin", $"HEAD:refs/heads/{branch}");
        return (await work.OkAsync("rev-parse", "HEAD")).Trim();
    }

    /// <summary>main with lines 1 to 40, and a branch that changes line 20; both over stock git.</summary>
    public async Task<string> WithBranchAsync(string branch = "work/1")
    {
        using var work = await CloneAsync("ann");
        await work.OkAsync("checkout", "-q", "-B", "main");
        await CommitAsync(work, "lines.txt", Lines());
        await work.OkAsync("checkout", "-q", "-b", branch);
        await CommitAsync(work, "lines.txt", Lines(twenty: "twenty"));
        await work.OkAsync("push", "-q", "origin", "main", branch);
        return (await work.OkAsync("rev-parse", "HEAD")).Trim();
    }

    public async Task<Answer> PullAsync(string token, string head = "work/1", string? body = null, bool draft = false) =>
        await PostAsync("/pulls", token, new { title = "A change", head, @base = "main", body, draft });

    public static string Lines(string twenty = "20") =>
        string.Concat(Enumerable.Range(1, 40).Select(n => (n == 20 ? twenty : $"{n}") + "\n"));

    public async Task<GitRun> CloneAsync(string login)
    {
        var work = GitRun.InTemporaryFolder();
        await work.OkAsync("clone", "-q", Authorized(github.Token(login)), ".");
        return work;
    }

    public string Authorized(string token, string user = "x-access-token") =>
        CloneUrl.Replace("http://", $"http://{user}:{token}@", StringComparison.Ordinal);

    private static async Task CommitAsync(GitRun work, string file, string text)
    {
        await work.WriteAsync(file, text);
        await work.OkAsync("add", ".");
        await work.OkAsync("commit", "-q", "-m", $"Change {file}");
    }
}
