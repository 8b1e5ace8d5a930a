using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Muster.App.GitHub;
using Muster.App.Settings;
using Muster.App.Setup;

namespace Muster.App.Tests.Setup;

/// <summary>Registering Apps by GitHub's manifest flow, and all that goes wrong on the way.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RegistrationTests
{
    [Theory]
    [InlineData(404)]
    [InlineData(422)]
    public async Task A_code_that_GitHub_does_not_know_is_said_with_what_to_do(int status)
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        scene.Status = status;
        await scene.ReturnAsync(await scene.BeginAsync());

        Assert.Equal(HttpStatusCode.BadRequest, scene.Browser.Status);
        Assert.Contains("GitHub does not know this code: it is good for one hour, and once.", scene.Browser.Text, StringComparison.Ordinal);
        Assert.Contains("Begin again", scene.Browser.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(scene.Credentials));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(301)]
    public async Task While_GitHub_does_not_answer_nothing_is_lost_and_reloading_goes_on(int status)
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        scene.Status = status;
        var state = await scene.BeginAsync();
        await scene.ReturnAsync(state);
        Assert.Equal(HttpStatusCode.BadGateway, scene.Browser.Status);
        Assert.Contains("Nothing is lost: reload this page", scene.Browser.Text, StringComparison.Ordinal);

        scene.Status = 201;
        await scene.ReturnAsync(state);
        Assert.Contains("Registered as muster-of-ann", scene.Browser.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_tab_that_comes_back_later_overwrites_no_key()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        var first = await scene.BeginAsync();
        await scene.Browser.GoAsync("/setup");
        var second = await scene.BeginAsync();
        await scene.ReturnAsync(first);
        var kept = Directory.EnumerateFiles(scene.Credentials).ToDictionary(file => file, File.ReadAllText);
        scene.Answer = SetupScene.AnswerWith(JsonNode.Parse(scene.Answer)!["pem"]!.GetValue<string>(), "another secret, as long");

        await scene.ReturnAsync(second);

        Assert.Equal(HttpStatusCode.Conflict, scene.Browser.Status);
        Assert.Contains("registered already", scene.Browser.Text, StringComparison.Ordinal);
        Assert.NotEmpty(kept);
        Assert.Equal(kept, Directory.EnumerateFiles(scene.Credentials).ToDictionary(file => file, File.ReadAllText));
    }

    [Fact]
    public async Task A_GitHub_that_is_not_there_is_named()
    {
        await using var scene = await SetupScene.StartAsync(("Muster:GitHub:ApiUrl", "http://127.0.0.1:9/api/v3"));
        await scene.EnterAsync();
        await scene.ReturnAsync(await scene.BeginAsync());

        Assert.Equal(HttpStatusCode.BadGateway, scene.Browser.Status);
        Assert.Contains("127.0.0.1 could not be asked", scene.Browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json, secret-abc")]
    [InlineData("""{"id":1,"slug":"x","pem":"-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0LWFiYw==\n-----END RSA PRIVATE KEY-----","webhook_secret":"secret-abc secret-abc"}""")]
    [InlineData("no secret")]
    public async Task An_answer_that_makes_no_App_is_refused_and_repeats_no_secret(string answer)
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        scene.Answer = answer == "no secret" ? SetupScene.AnswerWith(JsonNode.Parse(scene.Answer)!["pem"]!.GetValue<string>(), "") : answer;
        await scene.ReturnAsync(await scene.BeginAsync());

        Assert.Equal(HttpStatusCode.BadRequest, scene.Browser.Status);
        Assert.DoesNotContain("secret-abc", scene.Browser.Page + scene.Console, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(scene.Credentials));
    }

    [Theory]
    [InlineData("..%2F..%2Fapp")]
    [InlineData("a%2Fb")]
    [InlineData("")]
    public async Task What_cannot_be_a_code_is_not_sent_to_GitHub(string code)
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        await scene.ReturnAsync(await scene.BeginAsync(), code);

        Assert.Equal(HttpStatusCode.BadRequest, scene.Browser.Status);
        Assert.Empty(scene.Asked);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_before_GitHub_makes_an_App()
    {
        await using var scene = await SetupScene.StartAsync();
        await File.WriteAllTextAsync(scene.Credentials, "a file in the way");
        await scene.EnterAsync();
        await scene.BeginAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, scene.Browser.Status);
        Assert.Contains($"Nothing can be written to {scene.Credentials}", scene.Browser.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("settings/apps/new", scene.Browser.Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_not_be_written_down_is_kept_until_it_can()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        var state = await scene.BeginAsync();
        Directory.Delete(scene.Credentials);
        await File.WriteAllTextAsync(scene.Credentials, "a file in the way");
        await scene.ReturnAsync(state);
        Assert.Contains("could not be written", scene.Browser.Text, StringComparison.Ordinal);
        await scene.Browser.PressAsync("Try again");
        Assert.Contains("could not be written", scene.Browser.Text, StringComparison.Ordinal);

        File.Delete(scene.Credentials);
        await scene.Browser.PressAsync("Try again");
        Assert.Contains("Registered as muster-of-ann", scene.Browser.Text, StringComparison.Ordinal);
        Assert.Single(scene.Asked);
    }

    [Fact]
    public async Task Credentials_are_files_of_their_owner_alone_and_are_what_the_app_then_starts_with()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        await scene.ReturnAsync(await scene.BeginAsync());
        await scene.ReturnAsync(await scene.BeginAsync("reviewer"));
        await scene.Browser.PressAsync("Start");
        Assert.Contains("Muster starts", scene.Browser.Text, StringComparison.Ordinal);
        Assert.True(await scene.Ended.WaitAsync(TimeSpan.FromSeconds(30)));

        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(["author.json", "author.pem", "reviewer.json", "reviewer.pem"], Directory.EnumerateFiles(scene.Credentials).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(Directory.EnumerateFiles(scene.Credentials), file => Assert.Equal(mine, File.GetUnixFileMode(file)));
        Assert.Equal(mine | UnixFileMode.UserExecute, File.GetUnixFileMode(scene.Credentials));
        var given = scene.Settings();
        Assert.False(SetupHost.IsNeeded(given));
        var settings = SettingsSource.Read(new ConfigurationBuilder().AddConfiguration(given).AddInMemoryCollection(SetupHost.FolderOf(given)!.Settings(given)).Build());
        Assert.Equal((4711, 4711), (settings.Author.AppId, settings.Reviewer!.AppId));
        Assert.True(settings.WebhookSecret.Matches("0123456789abcdef0123"));
        Assert.DoesNotContain("0123456789abcdef0123", scene.Browser.Page + scene.Console, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reviewer_App_it_starts_when_told_so_and_does_not_ask_again()
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        await scene.ReturnAsync(await scene.BeginAsync());
        Assert.True(SetupHost.IsNeeded(scene.Settings()));
        await scene.Browser.PressAsync("Start without a reviewer App");
        Assert.True(await scene.Ended.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.False(SetupHost.IsNeeded(scene.Settings()));
        Assert.Equal(
            ["Muster:GitHub:AppId", "Muster:GitHub:PrivateKeyPath", "Muster:GitHub:WebhookSecret"],
            SetupHost.FolderOf(scene.Settings())!.Settings(scene.Settings()).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("muster.example", "Give the address")]
    [InlineData("ftp://muster.example", "Give the address")]
    [InlineData("https://ann:pw@muster.example", "Give the address")]
    [InlineData("https://muster.example/elsewhere", "Webhooks come to /webhooks/github")]
    [InlineData("http://127.0.0.1:8300", "cannot reach 127.0.0.1")]
    [InlineData("http://localhost:8300", "cannot reach localhost")]
    public async Task An_address_that_GitHub_cannot_reach_is_refused(string address, string why)
    {
        await using var scene = await SetupScene.StartAsync(("Muster:GitHub:ServerUrl", "https://ghe.acme.example"));
        await scene.EnterAsync();
        await scene.BeginAsync("author", ("address", address));

        Assert.Equal(HttpStatusCode.BadRequest, scene.Browser.Status);
        Assert.Contains(why, scene.Browser.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/shop")]
    [InlineData("../settings")]
    [InlineData("a?b=c")]
    public async Task A_name_that_no_organisation_has_is_refused(string organization)
    {
        await using var scene = await SetupScene.StartAsync();
        await scene.EnterAsync();
        await scene.BeginAsync("author", ("organization", organization));

        Assert.Equal(HttpStatusCode.BadRequest, scene.Browser.Status);
    }

    [Theory]
    [InlineData("", "https://ghe.acme.example/settings/apps/new?state=")]
    [InlineData("acme-org", "https://ghe.acme.example/organizations/acme-org/settings/apps/new?state=")]
    public async Task The_manifest_goes_to_the_server_that_is_set_and_is_what_app_yml_says(string organization, string target)
    {
        await using var scene = await SetupScene.StartAsync(("Muster:GitHub:ServerUrl", "https://ghe.acme.example/"));
        await scene.EnterAsync();
        await scene.BeginAsync("author", ("address", "https://muster.acme.example"), ("organization", organization));

        Assert.Contains($"action=\"{target}", WebUtility.HtmlDecode(scene.Browser.Page), StringComparison.Ordinal);
        var start = scene.Browser.Page.IndexOf("name=\"manifest\" value=\"", StringComparison.Ordinal) + "name=\"manifest\" value=\"".Length;
        var manifest = JsonNode.Parse(WebUtility.HtmlDecode(scene.Browser.Page[start..scene.Browser.Page.IndexOf('"', start)]))!;
        Assert.Equal("https://muster.acme.example/webhooks/github", manifest["hook_attributes"]!["url"]!.GetValue<string>());
        Assert.Equal($"{scene.Url}/setup/registered", manifest["redirect_url"]!.GetValue<string>());
        Assert.False(manifest["public"]!.GetValue<bool>());
        Assert.Equal(
            AppManifest.Of(GitHubIdentity.Author).Permissions.Select(p => $"{p.Key}: {p.Value}").Order(StringComparer.Ordinal),
            manifest["default_permissions"]!.AsObject().Select(p => $"{p.Key}: {p.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8300")]
    [InlineData("http://*:8300")]
    [InlineData("http://127.0.0.1:8300;http://[::]:8301")]
    public async Task It_is_not_served_where_others_could_reach_it(string urls)
    {
        using var folder = new TemporaryFolder();
        var builder = AppBuilder.Begin([]);
        builder.Configuration["Muster:Setup"] = folder["app"];
        builder.WebHost.UseUrls(urls);
        var refusal = await Assert.ThrowsAsync<StartException>(() => SetupHost.RunAsync(builder, TimeProvider.System, TextWriter.Null));

        Assert.Contains("served on loopback alone", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_bot_up_or_with_an_App_in_the_settings_there_is_no_setup()
    {
        using var folder = new TemporaryFolder();
        static IConfiguration Of(params (string Key, string Value)[] settings) =>
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, s => (string?)s.Value)).Build();

        Assert.False(SetupHost.IsNeeded(Of()));
        Assert.False(SetupHost.IsNeeded(Of(("Muster:Setup", folder["app"]), ("Muster:GitHub:AppId", "5"))));
        Assert.True(SetupHost.IsNeeded(Of(("Muster:Setup", folder["app"]))));
    }

    [Fact]
    public async Task The_running_app_has_no_setup()
    {
        await using var app = await AppUnderTest.StartAsync();
        foreach (var path in new[] { "/setup", "/setup/registered?code=a&state=b" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync(path)).StatusCode);
    }
}
