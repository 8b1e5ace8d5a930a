using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Muster.App.Setup;
using Muster.App.Tests.Stories;
using Muster.Core.Wire;
using Muster.GitHubSimulator;

namespace Muster.App.Tests.Setup;

/// <summary>What the app finds out about its Apps for <c>muster doctor</c>.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class AppsDoctorTests
{
    private const string Token = "a token for the pages, long enough";

    [Fact]
    public async Task Apps_that_were_set_up_here_and_installed_are_well_in_every_point()
    {
        using var folder = new TemporaryFolder();
        await using var github = await SimulatorHost.StartAsync(new SimulatorOptions(folder["github"]));
        await RegisterAsync(github, folder);
        await using var app = await StartAsync(github, folder);
        using var browser = new Browser();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Contains(await LookAsync(http), c => c.Fault == "it is installed nowhere, so it sees no repository" && c.Remedy!.EndsWith("/apps/muster/installations/new", StringComparison.Ordinal));

        var repository = await Simulator.Answer.AskAsync(new HttpClient { BaseAddress = new Uri(github.Url) }, HttpMethod.Post, "/_sim/repos", null, new { owner = "acme", name = "shop" });
        await browser.GoAsync($"{github.Url}/apps/muster/installations/new");
        await browser.PressAsync("Install", ("repository_ids", repository["id"].ToString()));
        await UntilAsync(async () => (await LookAsync(http)).Any(c => c.Name.Contains("acme/shop", StringComparison.Ordinal)));
        Assert.Contains(await LookAsync(http), c => c is { Name: "reviewer App: installed on acme/shop, as the author App is", Fault: not null });
        await browser.GoAsync($"{github.Url}/apps/muster-review/installations/new");
        await browser.PressAsync("Install", ("repository_ids", repository["id"].ToString()));

        var checks = await LookAsync(http);
        Assert.All(checks, check => Assert.True(check.Fault is null, $"{check.Name}: {check.Fault}"));
        Assert.Equal(12, checks.Count);
        await app.StopAsync();
    }

    [Fact]
    public async Task What_is_wrong_with_an_App_is_named_with_its_remedy()
    {
        // These Apps were registered by hand: they hear more than app.yml names, and less.
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("ApiToken", Token)] });
        var checks = await LookAsync(bot.App);

        var events = Assert.Single(checks, c => c.Name == "author App 1001: events as in app.yml");
        Assert.StartsWith("it hears more than it uses: pull_request_review", events.Fault, StringComparison.Ordinal);
        Assert.Contains("/settings/apps/muster/permissions", events.Remedy, StringComparison.Ordinal);
        Assert.Contains("contents: write", Assert.Single(checks, c => c.Name == "reviewer App 1002: permissions as in app.yml").Fault, StringComparison.Ordinal);
        var key = Assert.Single(checks, c => c.Name.StartsWith("author App 1001: key ", StringComparison.Ordinal));
        var file = key.Name["author App 1001: key ".Length..];
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal($"chmod 600 {file}", (await KeyAsync()).Remedy);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Null((await KeyAsync()).Fault);
        await File.WriteAllTextAsync(file, "no key");
        Assert.Equal("it holds no RSA private key in PEM form", (await KeyAsync()).Fault);
        File.Delete(file);
        Assert.NotNull((await KeyAsync()).Fault);

        async Task<AppCheck> KeyAsync() => Assert.Single(await LookAsync(bot.App), c => c.Name == key.Name);
    }

    [Fact]
    public async Task Where_GitHub_does_not_answer_that_is_said_and_nothing_is_concluded()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("ApiToken", Token)] });
        bot.Fault.On(_ => true);
        var checks = await LookAsync(bot.App);

        Assert.All(checks.Where(c => !c.Name.Contains(": key ", StringComparison.Ordinal)), c => Assert.False(string.IsNullOrEmpty(c.Fault)));
        Assert.DoesNotContain(checks, c => c.Fault?.Contains("installed nowhere", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Only_the_operator_may_ask()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("ApiToken", Token)] });

        Assert.Equal(HttpStatusCode.Unauthorized, (await bot.App.GetAsync("/api/doctor")).StatusCode);
    }

    /// <summary>Registers both Apps as a person would, at the app's own setup page.</summary>
    private static async Task RegisterAsync(SimulatorHost github, TemporaryFolder folder)
    {
        var builder = AppBuilder.Begin([]);
        builder.Configuration.AddInMemoryCollection(SettingsOf(github, folder));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var console = new StringWriter();
        var ended = SetupHost.RunAsync(builder, TimeProvider.System, TextWriter.Synchronized(console));
        await UntilAsync(() => Task.FromResult(console.ToString().Contains("once: ", StringComparison.Ordinal)));
        var (url, code) = (console.ToString().Split("Open ")[1].Split(' ')[0], console.ToString().Split("once: ")[1].Trim());
        using var browser = new Browser();
        await browser.GoAsync(url);
        await browser.PressAsync("Go on", ("code", code));
        foreach (var app in new[] { "author", "reviewer" })
        {
            await browser.PressAsync($"Register the {app} App");
            await browser.PressAsync("Go on to GitHub");
            await browser.PressAsync("Create GitHub App");
        }

        await browser.PressAsync("Start");
        Assert.True(await ended.WaitAsync(TimeSpan.FromSeconds(30)), browser.Text);
    }

    private static async Task<WebApplication> StartAsync(SimulatorHost github, TemporaryFolder folder)
    {
        var app = AppBuilder.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(SettingsOf(github, folder));
            builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        });
        await AppBuilder.StartAsync(app);
        // The address of the setup is gone with its port: GitHub is told where the app serves now.
        using var hub = new HttpClient { BaseAddress = new Uri(github.Url) };
        var author = new SetupFolder(folder["app"]).Find(App.GitHub.GitHubIdentity.Author)!;
        await Simulator.Answer.AskAsync(hub, HttpMethod.Put, $"/_sim/apps/{author.AppId}", null, new { webhookUrl = $"{app.Urls.Single()}/webhooks/github" });
        return app;
    }

    private static Dictionary<string, string?> SettingsOf(SimulatorHost github, TemporaryFolder folder) => new()
    {
        ["Muster:GitHub:ApiUrl"] = github.Url,
        ["Muster:GitHub:ServerUrl"] = github.Url,
        ["Muster:Storage"] = $"sqlite:{folder["muster.db"]}",
        ["Muster:ApiToken"] = Token,
        ["Muster:Setup"] = folder["app"],
    };

    private static async Task<List<AppCheck>> LookAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/doctor");
        request.Headers.Authorization = new("Bearer", Token);
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WireJson.Read<List<AppCheck>>(await answer.Content.ReadAsStringAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
            await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
    }
}
