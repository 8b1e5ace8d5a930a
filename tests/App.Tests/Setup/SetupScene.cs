using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Muster.App.Setup;

namespace Muster.App.Tests.Setup;

/// <summary>The setup as <c>./bot up</c> starts it, with a console to read, a clock to move and a GitHub that answers as it is told.</summary>
internal sealed partial class SetupScene : IAsyncDisposable
{
    private readonly StringWriter console = new();
    private readonly TaskCompletionSource stop = new();
    private readonly WebApplication github;

    private SetupScene(WebApplication github) => this.github = github;

    public TemporaryFolder Folder { get; } = new();

    public ManualTime Time { get; } = new();

    public Browser Browser { get; } = new();

    /// <summary>What GitHub answers a code with.</summary>
    public int Status { get; set; } = 201;

    public string Answer { get; set; } = "";

    /// <summary>The codes that GitHub was asked for.</summary>
    public List<string> Asked { get; } = [];

    public string Credentials => Folder["app"];

    public string Console
    {
        get
        {
            lock (console)
                return console.ToString();
        }
    }

    public string Url => Opened.Matches(Console)[^1].Groups[1].Value;

    public string Code => Opened.Matches(Console)[^1].Groups[2].Value;

    /// <summary>Whether it ended because everything is set up.</summary>
    public Task<bool> Ended { get; private set; } = Task.FromResult(false);

    public static async Task<SetupScene> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var scene = new SetupScene(builder.Build());
        using (var key = RSA.Create(2048))
            scene.Answer = AnswerWith(key.ExportRSAPrivateKeyPem());
        scene.github.MapPost("/app-manifests/{code}/conversions", (string code) =>
        {
            scene.Asked.Add(code);
            return Results.Content(scene.Answer, "application/json", statusCode: scene.Status);
        });
        await scene.github.StartAsync();
        await scene.RunAsync(settings);
        return scene;
    }

    public static string AnswerWith(string pem, string secret = "0123456789abcdef0123") => new System.Text.Json.Nodes.JsonObject
    {
        ["id"] = 4711,
        ["slug"] = "muster-of-ann",
        ["html_url"] = "http://127.0.0.1/apps/muster-of-ann",
        ["pem"] = pem,
        ["webhook_secret"] = secret,
    }.ToJsonString();

    /// <summary>What the program is told; <c>./bot up</c> makes the folder's name.</summary>
    public IConfiguration Settings(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Muster:GitHub:ApiUrl"] = github.Urls.Single(),
            ["Muster:GitHub:ServerUrl"] = github.Urls.Single(),
            ["Muster:Setup"] = Credentials,
        })
        .AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();

    /// <summary>Lets the browser in.</summary>
    public async Task EnterAsync()
    {
        await Browser.GoAsync($"{Url}/setup");
        await Browser.PressAsync("Go on", ("code", Code));
    }

    /// <summary>Registers an App up to the page that leaves for GitHub, and says which state goes along.</summary>
    public async Task<string> BeginAsync(string app = "author", params (string Name, string Value)[] fields)
    {
        await Browser.PressAsync($"Register the {app} App", fields);
        return State.Match(Browser.Page).Groups[1].Value;
    }

    /// <summary>Comes back from GitHub.</summary>
    public Task ReturnAsync(string state, string code = "abc123") => Browser.GoAsync($"{Url}/setup/registered?code={code}&state={state}");

    public async ValueTask DisposeAsync()
    {
        stop.TrySetResult();
        await Ended.WaitAsync(TimeSpan.FromSeconds(30));
        Browser.Dispose();
        await github.DisposeAsync();
        Folder.Dispose();
    }

    private async Task RunAsync((string Key, string Value)[] settings)
    {
        var builder = AppBuilder.Begin([]);
        builder.Configuration.AddConfiguration(Settings(settings));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Assert.True(SetupHost.IsNeeded(builder.Configuration));
        Ended = SetupHost.RunAsync(builder, Time, new LockedWriter(console), stop.Task);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Opened.IsMatch(Console) && !Ended.IsCompleted)
            await Task.Delay(TimeSpan.FromMilliseconds(5), patience.Token);
    }

    // Read while it is written.
    private sealed class LockedWriter(StringWriter into) : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value)
        {
            lock (into)
                into.Write(value);
        }
    }

    [GeneratedRegex(@"Open (\S+)/setup and enter this code, which is good for 15 minutes and once: (\S+)\n")]
    private static partial Regex Opened { get; }

    [GeneratedRegex(@"/settings/apps/new\?state=([0-9a-f]{32})""")]
    private static partial Regex State { get; }
}
