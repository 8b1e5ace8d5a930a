namespace Muster.App.Tests.Simulator;

/// <summary>Repositories get other names and owners, Apps get suspended and taken off.</summary>
public sealed class OwnershipTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task A_renamed_repository_sends_readers_301_and_writers_307_to_its_number()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        await toy.PushAsync("main", "a.txt", "one");
        Assert.Equal(200, (await github.ControlAsync($"/repos/{toy.Id}/rename", new { name = toy.Name + "-new" })).Status);

        using var straight = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(github.Url) };
        var read = await Answer.AskAsync(straight, HttpMethod.Get, toy.Path + "/issues?per_page=1", token, null);
        var there = $"{github.Url}/repositories/{toy.Id}/issues";
        Assert.Equal((301, "Moved Permanently", $"{there}?per_page=1", $"{there}?per_page=1"), (read.Status, read.Message, read.Text("url"), read.Headers.Location!.ToString()));
        var write = await Answer.AskAsync(straight, HttpMethod.Post, toy.Path + "/issues", token, new { title = "a" });
        Assert.Equal((307, there), (write.Status, write.Headers.Location!.ToString()));
        Assert.Equal(201, (await Answer.AskAsync(straight, HttpMethod.Post, there, token, new { title = "a" })).Status);
        Assert.Equal(301, (await Answer.AskAsync(straight, HttpMethod.Get, toy.Path + "/installation", github.Jwt(), null)).Status);
        Assert.Equal(404, (await Answer.AskAsync(straight, HttpMethod.Get, toy.Path, github.Token("sam"), null)).Status);

        using var work = await toy.CloneAsync("ann");
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(work.Folder, "a.txt")));
        await work.OkAsync("push", "-q", "origin", "HEAD:refs/heads/from-the-old-name");
        await github.SettleAsync();
        var told = github.Sink.Arrivals.Single(a => a.Name == "repository.renamed" && a.Body["repository"]!["id"]!.GetValue<long>() == toy.Id).Body;
        Assert.Equal((toy.Name, toy.Name + "-new"), (told["changes"]!["repository"]!["name"]!["from"]!.GetValue<string>(), told["repository"]!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_transferred_repository_belongs_to_another_installation()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        await github.ControlAsync($"/repos/{toy.Id}/transfer", new { owner = "elsewhere", installations = new[] { SimulatorFixture.Author } });
        Assert.Equal(404, (await toy.GetAsync("", token)).Status);
        var installation = (await github.GetAsync($"/repos/elsewhere/{toy.Name}/installation", github.Jwt()))["id"].GetValue<long>();
        Assert.NotEqual(toy.Installation(), installation);
        var minted = await github.PostAsync($"/app/installations/{installation}/access_tokens", github.Jwt(), new { repository_ids = new[] { toy.Id } });
        Assert.Equal($"elsewhere/{toy.Name}", (await github.GetAsync($"/repositories/{toy.Id}", minted.Text("token"))).Text("full_name"));
        await github.SettleAsync();
        var told = github.Sink.Arrivals.Single(a => a.Name == "repository.transferred").Body;
        Assert.Equal(("acme", installation), (told["changes"]!["owner"]!["from"]!["organization"]!["login"]!.GetValue<string>(), told["installation"]!["id"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_suspended_installation_is_refused_and_hears_nothing_until_it_is_back()
    {
        var (toy, id, token) = await InstalledAsync();
        await github.ControlAsync($"/installations/{id}/suspend", new { });
        var refused = await toy.GetAsync("/issues", token);
        Assert.Equal((403, "This installation has been suspended"), (refused.Status, refused.Message));
        Assert.Equal(403, (await github.PostAsync($"/app/installations/{id}/access_tokens", github.Jwt(), null)).Status);
        Assert.NotNull((await github.GetAsync($"/app/installations/{id}", github.Jwt())).Json!["suspended_at"]);
        Assert.NotEqual(200, (await github.GetAsync($"/{toy.Path["/repos/".Length..]}.git/info/refs?service=git-upload-pack", token)).Status);
        await toy.PostAsync("/issues", github.Token("ann"), new { title = "unheard" });

        await github.ControlAsync($"/installations/{id}/unsuspend", new { });
        Assert.Equal(401, (await toy.GetAsync("/issues", token)).Status);
        Assert.Equal(200, (await toy.GetAsync("/issues", await toy.AppTokenAsync())).Status);
        await github.SettleAsync();
        Assert.Equal(
            ["installation.created", "installation.suspend", "installation.unsuspend"],
            github.Sink.Arrivals.Where(a => a.Body["installation"]?["id"]?.GetValue<long>() == id).Select(a => a.Name));
    }

    [Fact]
    public async Task An_app_that_was_taken_off_finds_nothing()
    {
        var (toy, id, token) = await InstalledAsync();
        Assert.Equal(204, (await Answer.AskAsync(github.Client, HttpMethod.Delete, $"/_sim/installations/{id}", null, null)).Status);
        Assert.Equal(401, (await toy.GetAsync("/issues", token)).Status);
        Assert.Equal(404, (await toy.GetAsync("/installation", github.Jwt())).Status);
        Assert.Equal(404, (await github.PostAsync($"/app/installations/{id}/access_tokens", github.Jwt(), null)).Status);
        await github.SettleAsync();
        Assert.Contains(github.Sink.Arrivals, a => a.Name == "installation.deleted" && a.Body["installation"]!["id"]!.GetValue<long>() == id);
    }

    [Fact]
    public async Task One_repository_is_taken_from_an_app_and_given_back()
    {
        var toy = await github.RepositoryAsync();
        await github.ControlAsync("/installations", new { appId = SimulatorFixture.Author, repositoryId = toy.Id, remove = true });
        Assert.Equal(404, (await toy.GetAsync("/installation", github.Jwt())).Status);
        Assert.Equal(201, (await github.ControlAsync("/installations", new { appId = SimulatorFixture.Author, repositoryId = toy.Id })).Status);
        Assert.Equal(200, (await toy.GetAsync("/installation", github.Jwt())).Status);
    }

    [Fact]
    public async Task Who_has_the_same_already_gets_304_and_pays_nothing()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        var first = await toy.GetAsync("/issues", token);
        var tag = first.Headers.ETag!.ToString();
        var again = await Answer.AskAsync(github.Client, HttpMethod.Get, toy.Path + "/issues", token, null, ("If-None-Match", tag));
        Assert.Equal((304, ""), (again.Status, again.Raw));
        Assert.Equal(Remaining(first), Remaining(again));
        await toy.IssueAsync();
        var changed = await Answer.AskAsync(github.Client, HttpMethod.Get, toy.Path + "/issues", token, null, ("If-None-Match", tag));
        Assert.Equal((200, Remaining(first) - 1), (changed.Status, Remaining(changed)));
        Assert.Matches("^[0-9A-F]{20}$", changed.Headers.GetValues("X-GitHub-Request-Id").Single());
    }

    [Theory]
    [InlineData("2022-11-28", 200)]
    [InlineData("2026-03-10", 200)]
    [InlineData("2021-01-01", 400)]
    public async Task An_unknown_version_of_the_api_is_refused(string version, int status)
    {
        var answer = await Answer.AskAsync(github.Client, HttpMethod.Get, "/app", github.Jwt(), null, ("X-GitHub-Api-Version", version));
        Assert.Equal(status, answer.Status);
        if (status == 200)
            Assert.Equal(version, answer.Headers.GetValues("X-GitHub-Api-Version-Selected").Single());
    }

    [Fact]
    public async Task A_clock_that_is_off_shows_in_the_date_and_refuses_an_app_that_keeps_its_own()
    {
        try
        {
            await SettingsAsync(new { clockOffset = -300 });
            var refused = await github.GetAsync("/app", github.Jwt());
            Assert.Equal((401, github.Clock.GetUtcNow().AddSeconds(-300)), (refused.Status, refused.Headers.Date!.Value));
            Assert.Equal(200, (await github.GetAsync("/app", github.Jwt(issued: TimeSpan.FromSeconds(-300), expires: TimeSpan.FromSeconds(200)))).Status);
        }
        finally
        {
            await SettingsAsync(new { clockOffset = 0 });
        }
    }

    [Fact]
    public async Task Short_and_long_tokens_are_a_setting()
    {
        var toy = await github.RepositoryAsync();
        try
        {
            await SettingsAsync(new { tokenLength = 40 });
            Assert.Equal(40, (await toy.AppTokenAsync()).Length);
        }
        finally
        {
            await SettingsAsync(new { tokenLength = 520 });
        }

        Assert.InRange((await toy.AppTokenAsync()).Length, 500, 540);
        Assert.Equal(422, (await SettingsAsync(new { tokenLength = 41 })).Status);
    }

    private static int Remaining(Answer answer) => int.Parse(answer.Headers.GetValues("X-RateLimit-Remaining").Single(), System.Globalization.CultureInfo.InvariantCulture);

    private Task<Answer> SettingsAsync(object settings) => Answer.AskAsync(github.Client, HttpMethod.Put, "/_sim/settings", null, settings);

    private async Task<(Toy Toy, long Id, string Token)> InstalledAsync()
    {
        var toy = await github.RepositoryAsync(owner: $"org{Guid.NewGuid():n}"[..16], apps: SimulatorFixture.Author);
        return (toy, toy.Installation(), await toy.AppTokenAsync());
    }
}
