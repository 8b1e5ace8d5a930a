using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Muster.App.Tests.Simulator;
using Muster.GitHubSimulator;

namespace Muster.App.Tests.Peers;

/// <summary>GitHub's own command line and stock git, used by a person on the simulator: no certificate, no entry in a hosts file.</summary>
public sealed class GhTests : IAsyncLifetime, IDisposable
{
    private const string Repo = "acme/shop";

    private readonly TemporaryFolder folder = new();
    private readonly HttpClient hub = new(new SocketsHttpHandler { UseProxy = false });
    private SimulatorHost simulator = null!;
    private string token = "";

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder["home"]);
        simulator = await SimulatorHost.StartAsync(new SimulatorOptions(folder["github"]));
        hub.BaseAddress = new Uri(simulator.Url);
        token = (await StageAsync("/users", new { login = "ann" }))["token"]!.GetValue<string>();
        await StageAsync("/repos", new { owner = "acme", name = "shop", @private = true, collaborators = new { ann = "admin" } });
    }

    public async Task DisposeAsync() => await simulator.DisposeAsync();

    public void Dispose()
    {
        hub.Dispose();
        folder.Dispose();
    }

    [SkippableFact]
    public async Task Gh_and_git_play_a_story_on_the_simulator()
    {
        Skip.IfNot(Peer.IsThere("gh"), "gh is not installed");
        using var work = GitRun.InTemporaryFolder();
        await work.OkAsync("clone", "-q", $"{simulator.Url}/{Repo}.git".Replace("http://", $"http://ann:{token}@", StringComparison.Ordinal), ".");
        await work.OkAsync("checkout", "-q", "-B", "main");
        await work.OkAsync("commit", "-q", "--allow-empty", "-m", "First");
        await work.OkAsync("checkout", "-q", "-b", "idea");
        await work.WriteAsync("idea.txt", "an idea\n");
        await work.OkAsync("add", ".");
        await work.OkAsync("commit", "-q", "-m", "An idea");
        await work.OkAsync("push", "-q", "origin", "main", "idea");

        var issue = $"{simulator.Url}/{Repo}/issues/1";
        Assert.Equal(issue, await GhAsync("issue", "create", "-R", Repo, "-t", "Have an idea", "-b", "Any will do."));
        await GhAsync("label", "create", "agent:go", "-R", Repo, "--color", "00ff00");
        Assert.Equal("agent:go", await GhAsync("api", $"repos/{Repo}/issues/1/labels", "-f", "labels[]=agent:go", "--jq", ".[].name"));
        Assert.StartsWith(issue + "#issuecomment-", await GhAsync("issue", "comment", "1", "-R", Repo, "-b", "On it."), StringComparison.Ordinal);
        Assert.Contains("Have an idea", await GhAsync("issue", "list", "-R", Repo), StringComparison.Ordinal);
        Assert.Equal("""{"comments":1,"state":"OPEN"}""", await GhAsync("issue", "view", "1", "-R", Repo, "--json", "state,comments", "--jq", "{comments: (.comments | length), state}"));

        Assert.Equal($"{simulator.Url}/{Repo}/pull/2", await GhAsync("pr", "create", "-R", Repo, "-H", "idea", "-B", "main", "-t", "An idea", "-b", "Closes #1"));
        Assert.Contains("idea", await GhAsync("pr", "list", "-R", Repo), StringComparison.Ordinal);
        Assert.Equal("COMMENTED", await GhAsync("api", $"repos/{Repo}/pulls/2/reviews", "-f", "event=COMMENT", "-f", "body=Fine.", "--jq", ".state"));
        Assert.Equal("true", await GhAsync("api", "-X", "PUT", $"repos/{Repo}/pulls/2/merge", "-f", "merge_method=squash", "--jq", ".merged"));
        Assert.Equal("""{"headRefName":"idea","state":"MERGED"}""", await GhAsync("pr", "view", "2", "-R", Repo, "--json", "state,headRefName"));
        Assert.Equal("CLOSED", await GhAsync("issue", "view", "1", "-R", Repo, "--json", "state", "--jq", ".state"));
        await work.OkAsync("fetch", "-q", "origin");
        Assert.Equal("an idea\n", await work.OkAsync("show", "origin/main:idea.txt"));
    }

    // gh speaks plain HTTP to the host github.localhost, and by way of the proxy it gets to the simulator.
    private async Task<string> GhAsync(params string[] args)
    {
        var (code, output, error) = await Peer.RunAsync("gh", folder["home"], new Dictionary<string, string>
        {
            ["HOME"] = folder["home"],
            ["GH_HOST"] = "github.localhost",
            ["GH_TOKEN"] = token,
            ["GH_CONFIG_DIR"] = folder["home"],
            ["GH_PROMPT_DISABLED"] = "1",
            ["GH_NO_UPDATE_NOTIFIER"] = "1",
            ["HTTP_PROXY"] = simulator.Url,
            ["http_proxy"] = simulator.Url,
        }, args);
        Assert.True(code == 0, $"gh {string.Join(' ', args)}: {error}");
        return output.Trim();
    }

    private async Task<JsonNode> StageAsync(string path, object body)
    {
        var answer = await hub.PostAsJsonAsync("/_sim" + path, body);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
    }
}
