using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Muster.App.Tests.Simulator;

/// <summary>Registering an App from a manifest and installing it, as a person's browser does.</summary>
public sealed class ManifestTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    private static readonly object Usual = new
    {
        name = "Muster Night",
        url = "https://example.org",
        hook_attributes = new { url = "http://127.0.0.1:9/webhooks/github", active = true },
        redirect_url = "http://127.0.0.1:9/setup/back?kind=author",
        setup_url = "http://127.0.0.1:9/setup/installed",
        @public = false,
        default_permissions = new { issues = "write", contents = "write" },
        default_events = new[] { "issues", "push", "repository" },
    };

    [Fact]
    public async Task A_manifest_becomes_an_app_that_works()
    {
        var page = await FormAsync("/settings/apps/new?state=s%20t", ("manifest", JsonSerializer.Serialize(Usual)));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("Create GitHub App for octocat", html, StringComparison.Ordinal);
        var manifest = WebUtility.HtmlDecode(Regex.Match(html, "name=\"manifest\" value=\"([^\"]*)\"").Groups[1].Value);
        var made = await FormAsync("/settings/apps", ("manifest", manifest), ("state", "s t"), ("name", "Muster Night"));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var back = made.Headers.Location!.OriginalString;
        var code = Regex.Match(back, "^http://127\\.0\\.0\\.1:9/setup/back\\?kind=author&code=([0-9a-f]{40})&state=s%20t$").Groups[1].Value;

        var app = await github.PostAsync($"/app-manifests/{code}/conversions", null, null);
        Assert.Equal((201, "muster-night", "Muster Night"), (app.Status, app.Text("slug"), app.Text("name")));
        Assert.Equal(404, (await github.PostAsync($"/app-manifests/{code}/conversions", null, null)).Status);
        Assert.True(app.Text("webhook_secret").Length >= 40);
        Assert.Equal("""{"issues":"write","contents":"write","metadata":"read"}""", app["permissions"].ToJsonString());
        using var key = RSA.Create();
        key.ImportFromPem(app.Text("pem"));
        var jwt = github.Jwt(app["id"].GetValue<long>(), key: key);
        Assert.Equal("muster-night", (await github.GetAsync("/api/v3/app", jwt)).Text("slug"));

        var toy = await github.RepositoryAsync();
        Assert.Equal(404, (await toy.GetAsync("/installation", jwt)).Status);
        Assert.Contains($"acme/{toy.Name}", (await github.GetAsync("/apps/muster-night/installations/new")).Raw, StringComparison.Ordinal);
        var installed = await FormAsync("/apps/muster-night/installations/new", ("repository_ids", $"{toy.Id}"));
        var id = (await toy.GetAsync("/installation", jwt))["id"].GetValue<long>();
        Assert.Equal($"http://127.0.0.1:9/setup/installed?installation_id={id}&setup_action=install", installed.Headers.Location!.ToString());
        Assert.Equal(201, (await github.PostAsync($"/app/installations/{id}/access_tokens", jwt, null)).Status);
    }

    [Fact]
    public async Task A_code_ends_after_an_hour_and_an_organization_owns_what_is_made_there()
    {
        async Task<string> CodeAsync(string name) => Regex.Match(
            (await FormAsync("/organizations/acme/settings/apps", ("manifest", JsonSerializer.Serialize(Usual)), ("name", name))).Headers.Location!.ToString(), "code=([0-9a-f]{40})").Groups[1].Value;
        var (one, two) = (await CodeAsync("For Acme"), await CodeAsync("Too late"));
        Assert.Equal("acme", (await github.PostAsync($"/app-manifests/{one}/conversions", null, null))["owner"]["login"]!.GetValue<string>());
        github.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(404, (await github.PostAsync($"/app-manifests/{two}/conversions", null, null)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await FormAsync("/settings/apps", ("manifest", JsonSerializer.Serialize(Usual)), ("name", "For Acme"))).StatusCode);
    }

    [Theory]
    [InlineData("not json", "valid JSON")]
    [InlineData("""{"url":"https://x.y"}""", "Name must have")]
    [InlineData("""{"name":"a","url":"nowhere"}""", "Url must be")]
    [InlineData("""{"name":"a","url":"https://x.y","webhook":"x"}""", "not a permitted key")]
    [InlineData("""{"name":"a","url":"https://x.y","hook_attributes":{"active":true}}""", "Hook url")]
    [InlineData("""{"name":"a","url":"https://x.y","default_permissions":{"issues":"own"}}""", "issues: own")]
    [InlineData("""{"name":"a","url":"https://x.y","default_permissions":{"isues":"read"}}""", "isues")]
    [InlineData("""{"name":"a","url":"https://x.y","default_permissions":{"issues":"read"},"default_events":["push"]}""", "events unsupported: push")]
    public async Task A_manifest_that_github_would_refuse_is_refused(string manifest, string says)
    {
        var page = await FormAsync("/settings/apps/new?state=1", ("manifest", manifest));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains(says, WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> FormAsync(string path, params (string Name, string Value)[] fields)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(github.Url) };
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await browser.PostAsync(path, form);
    }
}
