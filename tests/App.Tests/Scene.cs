using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Muster.App.GitHub;
using Muster.Core;
using Muster.GitHubSimulator;

namespace Muster.App.Tests;

/// <summary>A simulated GitHub with two Apps and the repository acme/shop in it, and the app that speaks to it.</summary>
public sealed class Scene : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly SimulatorHost simulator;

    private Scene(TemporaryFolder folder, SimulatorHost simulator, ManualTime time)
    {
        this.folder = folder;
        this.simulator = simulator;
        Time = time;
        Simulator = new HttpClient { BaseAddress = new Uri(simulator.Url) };
    }

    public ManualTime Time { get; }

    /// <summary>Speaks to the simulator: its control doors, and the API as a person.</summary>
    public HttpClient Simulator { get; }

    public AppUnderTest App { get; private set; } = null!;

    public RepoRef Repo { get; private set; } = null!;

    /// <summary>The bare repository that the simulator serves.</summary>
    public string GitDirectory { get; private set; } = null!;

    /// <param name="reviewer">Whether there is a second App.</param>
    public static async Task<Scene> StartAsync(bool reviewer = true, object? repository = null)
    {
        var folder = new TemporaryFolder();
        var time = new ManualTime();
        var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(folder["github"], Time: time));
        var scene = new Scene(folder, simulator, time);
        var author = AppUnderTest.WriteKey(folder["author.pem"]);
        var second = AppUnderTest.WriteKey(folder["reviewer.pem"]);
        await scene.ControlAsync("/_sim/apps", new { appId = 1001, slug = "muster", privateKeyPem = await File.ReadAllTextAsync(author) });
        await scene.ControlAsync("/_sim/apps", new { appId = 1002, slug = "muster-review", privateKeyPem = await File.ReadAllTextAsync(second) });
        var made = await scene.ControlAsync("/_sim/repos", repository ?? new
        {
            owner = "acme",
            name = "shop",
            @private = true,
            collaborators = new { ann = "write", bob = "read" },
            installations = reviewer ? new[] { 1001, 1002 } : [1001],
        });
        scene.Repo = new RepoRef(new RepoId(made["id"]!.GetValue<long>()), RepoName.Parse(made["fullName"]!.GetValue<string>())!);
        scene.GitDirectory = made["gitDirectory"]!.GetValue<string>();
        scene.App = await AppUnderTest.StartAsync(
            time,
            [
                ("GitHub:ApiUrl", simulator.Url), ("GitHub:ServerUrl", simulator.Url), ("GitHub:PrivateKeyPath", author),
                .. reviewer ? new[] { ("Reviewer:AppId", "1002"), ("Reviewer:PrivateKeyPath", second) } : [],
            ]);
        return scene;
    }

    public T Get<T>()
        where T : notnull => App.Get<T>();

    public async Task<JsonNode> ControlAsync(string path, object body)
    {
        using var answer = await Simulator.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }

    /// <summary>Acts on the API as a person would.</summary>
    public async Task<JsonNode> AsAsync(string login, HttpMethod method, string path, object? body = null)
    {
        var person = await ControlAsync("/_sim/users", new { login });
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", person["token"]!.GetValue<string>());
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await Simulator.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }

    public async Task<IssueNumber> OpenIssueAsync(string title, string body = "", params string[] labels) =>
        new((await AsAsync("ann", HttpMethod.Post, $"/repos/{Repo}/issues", new { title, body, labels }))["number"]!.GetValue<int>());

    /// <summary>Every request so far, as the simulator saw it.</summary>
    public async Task<IReadOnlyList<JsonNode>> JournalAsync() =>
        [.. JsonNode.Parse(await Simulator.GetStringAsync("/_sim/journal"))!.AsArray().Select(entry => entry!)];

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        Simulator.Dispose();
        await simulator.DisposeAsync();
        folder.Dispose();
    }
}
