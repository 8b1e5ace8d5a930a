using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Muster.App.Tests;
using Muster.Demo.Staging;
using Muster.EndToEnd.Tests.Outside;

namespace Muster.EndToEnd.Tests;

/// <summary>
/// The first evening: no App, no key, only <c>./bot up</c>, a browser and GitHub. It ends with an app that hears its
/// own new App, a runner that has enrolled, and a doctor who finds nothing.
/// </summary>
public sealed partial class SetupTests : IAsyncLifetime, IDisposable
{
    // What ./bot does for `up`, behind the build: this project's published programs, and all files in a folder of the test.
    private const string Up = """root=$1; out=$2; say() { printf '%s\n' "bot: $*" >&2; }; . "$3/eng/up.sh"; run_up""";

    private readonly Places places = Places.Find();
    private readonly StageFolder folder = StageFolder.Make("muster-setup");
    private readonly string url = $"http://127.0.0.1:{Ports.Free()}";
    private readonly List<StagedProcess> started = [];
    private SimulatedGitHub github = null!;

    public async Task InitializeAsync()
    {
        var simulator = Start("github", [Host.Dotnet, places.Published("GitHubSimulator", "GitHubSimulator.dll"), "--urls", "http://127.0.0.1:0", "--data", folder.GitHubFiles], []);
        await UntilAsync(() => Task.FromResult(simulator.LastLines(3).Any(l => l.StartsWith("{\"url\"", StringComparison.Ordinal))), simulator);
        github = new SimulatedGitHub(JsonNode.Parse(simulator.LastLines(3).First(l => l.StartsWith("{\"url\"", StringComparison.Ordinal)))!["url"]!.GetValue<string>());
        Directory.CreateDirectory(folder.RunnerHome);
        await File.WriteAllTextAsync(Path.Combine(folder.RunnerHome, "runner.yml"), "providers: {one: {}}\nagents: {implement: {harness: command, provider: one, command: [/bin/true]}}\n");
    }

    public async Task DisposeAsync()
    {
        for (var at = started.Count - 1; at >= 0; at--)
            await started[at].DisposeAsync();
        folder.Remove();
    }

    public void Dispose() => github.Dispose();

    [Fact]
    public async Task From_nothing_but_bot_up_to_an_app_that_hears_its_new_App()
    {
        var up = StartUp("up");
        await UntilAsync(() => Task.FromResult(Code(up) is not null), up);
        using var browser = new Browser();
        await browser.GoAsync($"{url}/setup");
        await browser.PressAsync("Go on", ("code", Code(up)!));
        foreach (var app in new[] { "author", "reviewer" })
        {
            await browser.PressAsync($"Register the {app} App");
            await browser.PressAsync("Go on to GitHub");
            await browser.PressAsync("Create GitHub App");
            Assert.Contains("Registered as", browser.Text, StringComparison.Ordinal);
        }

        await browser.PressAsync("Start");
        Assert.Contains("Muster starts", browser.Text, StringComparison.Ordinal);
        using var http = new HttpClient();
        await UntilAsync(() => ServesAsync(http), up);
        await browser.GoAsync($"{url}/setup");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, browser.Status);

        // GitHub's own webhooks of the installations and of an issue, signed with the secret that nobody copied.
        using var ann = await github.AddPersonAsync("ann", "acme/shop", CancellationToken.None);
        await github.AddRepositoryAsync("acme", "shop", "main", [ann], [], CancellationToken.None);
        foreach (var slug in new[] { "muster", "muster-review" })
        {
            await browser.GoAsync($"{github.Url}/apps/{slug}/installations/new");
            await browser.PressAsync("Install", ("repository_ids", Regex.Match(browser.Page, "name=\"repository_ids\" value=\"(\\d+)\"").Groups[1].Value));
        }

        Assert.Equal(401, await PostUnsignedAsync(http));
        await UntilAsync(async () => await DoctorAsync() is { Code: 0 }, up);
        var doctor = await DoctorAsync();
        Assert.Contains("ok    author App", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("webhooks arrive, signed with the secret", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("ok    reviewer App: installed on acme/shop", doctor.Output, StringComparison.Ordinal);
        await UntilAsync(() => Task.FromResult(File.ReadAllText(up.Log).Contains("Enrolled", StringComparison.OrdinalIgnoreCase) || File.Exists(Path.Combine(folder.RunnerHome, "runner.id"))), up);

        // The next evening it asks nothing.
        await up.StopAsync(TimeSpan.FromSeconds(30));
        var again = StartUp("up-again");
        await UntilAsync(() => ServesAsync(http), again);
        Assert.Null(Code(again));
        Assert.Equal(0, (await DoctorAsync()).Code);
        Assert.All(Directory.EnumerateFiles(Path.Combine(folder.Root, ".muster", "app")), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));
    }

    private StagedProcess StartUp(string name) => Start(name, ["/bin/bash", "-c", "set -euo pipefail; " + Up, "up", folder.Root, places.Artifacts, places.Project], new()
    {
        ["ASPNETCORE_URLS"] = url,
        ["Muster__GitHub__ApiUrl"] = github.Url,
        ["Muster__GitHub__ServerUrl"] = github.Url,
        ["Muster__Home"] = folder.RunnerHome,
    });

    private StagedProcess Start(string name, IReadOnlyList<string> command, Dictionary<string, string> more)
    {
        var environment = Host.CleanEnvironment(folder.Homes);
        foreach (var (key, value) in more)
            environment[key] = value;
        var process = StagedProcess.Start(name, Path.Combine(folder.Logs, $"{name}.log"), command, environment);
        started.Add(process);
        return process;
    }

    private Task<(int Code, string Output, string Errors)> DoctorAsync()
    {
        var environment = Host.CleanEnvironment(folder.Homes);
        environment["Muster__AppUrl"] = url;
        environment["Muster__Home"] = folder.RunnerHome;
        environment["Muster__EnrolToken"] = "not needed to look, only to enrol";
        environment["Muster__ApiToken"] = File.ReadAllText(Path.Combine(folder.Root, ".muster", "api-token")).Trim();
        return Commands.RunAsync(places.Muster, ["doctor"], environment, folder.Root);
    }

    private async Task<int> PostUnsignedAsync(HttpClient http)
    {
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync($"{url}/webhooks/github", body);
        return (int)answer.StatusCode;
    }

    private async Task<bool> ServesAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync($"{url}/healthz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string? Code(StagedProcess up) => string.Join('\n', up.LastLines(50)) is var text && Printed.Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static async Task UntilAsync(Func<Task<bool>> condition, StagedProcess process)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(process.HasExited || patience.IsCancellationRequested, string.Join('\n', process.LastLines(30)));
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    [GeneratedRegex(@"for 15 minutes and once: (\S+)")]
    private static partial Regex Printed { get; }
}
