using System.Security.Cryptography;

namespace Muster.App.Tests.Simulator;

/// <summary>Who an App is, and what its tokens may do.</summary>
public sealed class AppAuthTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task An_app_sees_itself_and_its_installations()
    {
        var toy = await github.RepositoryAsync();
        var app = await github.GetAsync("/app", github.Jwt());
        Assert.Equal((200, "muster"), (app.Status, app.Text("slug")));
        var installation = await toy.GetAsync("/installation", github.Jwt());
        Assert.Equal(toy.Installation(), installation["id"].GetValue<long>());
        Assert.Contains((await github.GetAsync("/app/installations", github.Jwt())).Items(), i => i["id"]!.GetValue<long>() == toy.Installation());
        Assert.Equal(200, (await github.GetAsync($"/app/installations/{toy.Installation()}", github.Jwt())).Status);
        Assert.Equal(404, (await github.GetAsync($"/app/installations/{toy.Installation(SimulatorFixture.Judge)}", github.Jwt())).Status);
    }

    [Theory]
    [InlineData("wrong key")]
    [InlineData("unknown issuer")]
    [InlineData("no algorithm")]
    [InlineData("expired")]
    [InlineData("valid for too long")]
    [InlineData("issued in the future")]
    [InlineData("not a token")]
    public async Task A_faulty_app_token_is_refused(string fault)
    {
        using var other = RSA.Create(2048);
        var jwt = fault switch
        {
            "wrong key" => github.Jwt(key: other),
            "unknown issuer" => github.Jwt(issuer: 99),
            "no algorithm" => github.Jwt(algorithm: "none"),
            "expired" => github.Jwt(expires: TimeSpan.FromSeconds(-5)),
            "valid for too long" => github.Jwt(expires: TimeSpan.FromMinutes(20)),
            "issued in the future" => github.Jwt(issued: TimeSpan.FromMinutes(5)),
            _ => "a.b.c",
        };
        Assert.Equal(401, (await github.GetAsync("/app", jwt)).Status);
    }

    [Fact]
    public async Task An_app_token_opens_no_repository()
    {
        var toy = await github.RepositoryAsync(isPrivate: false);
        Assert.Equal(401, (await toy.GetAsync("/issues", github.Jwt())).Status);
    }

    [Fact]
    public async Task An_unknown_token_is_refused_even_where_none_is_needed()
    {
        var toy = await github.RepositoryAsync(isPrivate: false);
        var answer = await toy.GetAsync("/issues", "ghs_" + new string('x', 36));
        Assert.Equal((401, "Bad credentials"), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task An_installation_token_ends_after_an_hour()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        Assert.Equal(200, (await toy.GetAsync("", token)).Status);
        github.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(401, (await toy.GetAsync("", token)).Status);
    }

    [Fact]
    public async Task A_revoked_token_is_unknown_at_once()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        Assert.Equal(204, (await Answer.AskAsync(github.Client, HttpMethod.Delete, "/installation/token", token, null)).Status);
        Assert.Equal(401, (await toy.GetAsync("", token)).Status);
    }

    [Fact]
    public async Task A_token_reaches_only_the_repositories_it_was_minted_for()
    {
        var (one, other) = (await github.RepositoryAsync(), await github.RepositoryAsync());
        var token = await one.AppTokenAsync();
        Assert.Equal(200, (await one.GetAsync("", token)).Status);
        Assert.Equal(404, (await other.GetAsync("", token)).Status);
        var listed = await github.GetAsync("/installation/repositories", token);
        Assert.Equal(one.Id, Assert.Single(listed.Items("repositories"))["id"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_repository_without_the_app_does_not_exist_for_it()
    {
        var (mine, foreign) = (await github.RepositoryAsync(), await github.RepositoryAsync(apps: SimulatorFixture.Judge));
        Assert.Equal(404, (await foreign.GetAsync("/issues", await mine.AppTokenAsync())).Status);
        Assert.Equal(404, (await foreign.GetAsync("/installation", github.Jwt())).Status);
    }

    [Fact]
    public async Task A_private_repository_does_not_exist_for_strangers()
    {
        var toy = await github.RepositoryAsync();
        Assert.Equal(404, (await toy.GetAsync("", github.Token("sam"))).Status);
        Assert.Equal(404, (await toy.GetAsync("", null)).Status);
        Assert.Equal(200, (await toy.GetAsync("", github.Token("rea"))).Status);
    }

    [Fact]
    public async Task A_missing_permission_is_403()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync(permissions: new { issues = "read" });
        Assert.Equal(200, (await toy.GetAsync("/issues", token)).Status);
        var refused = await toy.PostAsync("/issues", token, new { title = "no" });
        Assert.Equal((403, "Resource not accessible by integration"), (refused.Status, refused.Message));
        Assert.Equal(403, (await toy.GetAsync("/pulls", token)).Status);
    }

    [Fact]
    public async Task Nobody_gets_more_than_was_granted()
    {
        var toy = await github.RepositoryAsync();
        var path = $"/app/installations/{toy.Installation()}/access_tokens";
        Assert.Equal(422, (await github.PostAsync(path, github.Jwt(), new { permissions = new { administration = "write" } })).Status);
        Assert.Equal(422, (await github.PostAsync(path, github.Jwt(), new { permissions = new { metadata = "write" } })).Status);
        Assert.Equal(422, (await github.PostAsync(path, github.Jwt(), new { repositories = new[] { "elsewhere" } })).Status);
        var minted = await github.PostAsync(path, github.Jwt(), new { repositories = new[] { toy.Name }, permissions = new { contents = "read" } });
        Assert.Equal("""{"contents":"read","metadata":"read"}""", minted["permissions"].ToJsonString());
        Assert.Single(minted.Items("repositories"));
    }

    [Theory]
    [InlineData("disabled", 40, 40)]
    [InlineData("enabled", 500, 540)]
    [InlineData("", 500, 540)]
    public async Task Tokens_come_short_or_long(string header, int least, int most)
    {
        var toy = await github.RepositoryAsync();
        var minted = await Answer.AskAsync(
            github.Client, HttpMethod.Post, $"/app/installations/{toy.Installation()}/access_tokens", github.Jwt(), null, ("X-GitHub-Stateless-S2S-Token", header));
        Assert.Equal(201, minted.Status);
        Assert.InRange(minted.Text("token").Length, least, most);
        Assert.Equal(200, (await toy.GetAsync("", minted.Text("token"))).Status);
    }
}
