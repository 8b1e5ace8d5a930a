using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Limiting;

namespace Muster.App.Tests.Simulator;

/// <summary>GitHub's limits, on a clock that stands still until a test moves it.</summary>
public sealed class LimitTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task The_eighty_first_content_write_of_a_minute_is_refused_until_there_is_room()
    {
        var (toy, token) = await BotAsync();
        await github.ControlAsync("/faults", new { kind = "fail-before", path = toy.Path + "/issues", calls = new[] { 3 } });
        for (var n = 1; n <= 80; n++)
        {
            Assert.Equal(n == 3 ? 502 : 201, (await toy.PostAsync("/issues", token, new { title = $"{n}" })).Status);
            github.Clock.Advance(TimeSpan.FromSeconds(0.5));
        }

        var refused = await toy.PostAsync("/issues", token, new { title = "too many" });
        Assert.Equal((403, "20"), (refused.Status, refused.Headers.GetValues("Retry-After").Single()));
        Assert.Contains("secondary rate limit", refused.Message, StringComparison.Ordinal);
        // Labels and reads are no content; asking too early is written down.
        Assert.Equal(200, (await toy.PostAsync("/issues/1/labels", token, new { labels = new[] { "a" } })).Status);
        Assert.Equal(403, (await toy.PatchAsync("/issues/1", token, new { title = "no" })).Status);
        github.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (await toy.PatchAsync("/issues/1", token, new { title = "now" })).Status);

        var use = Use(await github.GetAsync("/_sim/limits"), toy);
        var writes = use["contentWrites"]!.AsArray();
        Assert.Equal((81, 201, 502), (writes.Count, writes[0]!["status"]!.GetValue<int>(), writes[2]!["status"]!.GetValue<int>()));
        Assert.Equal((0.5, 2), (use["shortestGapSeconds"]!.GetValue<double>(), use["refusals"]!.GetValue<int>()));
        Assert.Equal("""{"contentMinute":1,"contentHour":0,"points":0,"concurrent":0,"primary":0,"early":1,"total":2}""", use["violations"]!.ToJsonString());
    }

    [Fact]
    public async Task An_hour_holds_five_hundred_content_writes()
    {
        var (toy, token) = await BotAsync();
        await toy.PostAsync("/issues", token, new { title = "one" });
        for (var n = 2; n <= 500; n++)
        {
            github.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(201, (await toy.PostAsync("/issues/1/comments", token, new { body = $"{n}" })).Status);
        }

        github.Clock.Advance(TimeSpan.FromMinutes(5));
        var refused = await toy.PostAsync("/issues/1/comments", token, new { body = "too many" });
        Assert.Equal((403, $"{3600 - 499 - 300}"), (refused.Status, refused.Headers.GetValues("Retry-After").Single()));
    }

    [Fact]
    public async Task A_minute_holds_nine_hundred_points_and_a_write_costs_five()
    {
        var (toy, token) = await BotAsync();
        await toy.IssueAsync();
        for (var n = 0; n < 179; n++)
            Assert.Equal(200, (await toy.PostAsync("/issues/1/labels", token, new { labels = new[] { "same" } })).Status);
        Assert.Equal("200 200 200 200 200 429", string.Join(' ', await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (await toy.GetAsync("", token)).Status)))
            + " " + (await toy.GetAsync("", token)).Status);
        // GraphQL has points of its own.
        github.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, (await toy.GetAsync("", token)).Status);
        Assert.Equal(1, Use(await github.GetAsync("/_sim/limits"), toy)["violations"]!["points"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_hundred_at_once_are_served_and_no_more()
    {
        var (toy, token) = await BotAsync();
        var slow = (await github.ControlAsync("/faults", new { kind = "slow", path = toy.Path })).Items("ids").Single().GetValue<int>();
        var waiting = Enumerable.Range(0, 100).Select(_ => toy.GetAsync("", token)).ToList();
        while ((await github.GetAsync("/_sim/faults")).Items().Single(f => f["id"]!.GetValue<int>() == slow)["waiting"]!.GetValue<int>() < 100)
            await Task.Yield();
        Assert.Equal(403, (await toy.GetAsync("", token)).Status);
        await github.ControlAsync("/faults/release", new { });
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(200, answer.Status));
        var use = Use(await github.GetAsync("/_sim/limits"), toy);
        Assert.Equal((100, 1), (use["mostAtOnce"]!.GetValue<int>(), use["violations"]!["concurrent"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_primary_limit_is_said_in_headers_and_refuses_when_it_is_used_up()
    {
        var (toy, token) = await BotAsync();
        await ChangeAsync(new { perHour = 3 });
        try
        {
            Assert.Equal("2 1 0", string.Join(' ', new[] { await toy.GetAsync("", token), await toy.GetAsync("", token), await toy.GetAsync("", token) }
                .Select(a => a.Headers.GetValues("X-RateLimit-Remaining").Single())));
            var refused = await toy.GetAsync("", token);
            Assert.Equal((403, "0"), (refused.Status, refused.Headers.GetValues("X-RateLimit-Remaining").Single()));
            Assert.Contains($"API rate limit exceeded for installation ID {toy.Installation()}", refused.Message, StringComparison.Ordinal);
            Assert.Equal($"{github.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}", refused.Headers.GetValues("X-RateLimit-Reset").Single());
            github.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(401, (await toy.GetAsync("", token)).Status);
            Assert.Equal(200, (await toy.GetAsync("", await toy.AppTokenAsync())).Status);
        }
        finally
        {
            await ChangeAsync(new { perHour = 5000 });
        }
    }

    [Fact]
    public async Task Limits_that_are_not_enforced_are_counted_all_the_same()
    {
        var (toy, token) = await BotAsync();
        await ChangeAsync(new { enforced = false, contentPerMinute = 1 });
        try
        {
            Assert.Equal(201, (await toy.PostAsync("/issues", token, new { title = "1" })).Status);
            Assert.Equal(201, (await toy.PostAsync("/issues", token, new { title = "2" })).Status);
            Assert.Equal(1, Use(await github.GetAsync("/_sim/limits"), toy)["violations"]!["contentMinute"]!.GetValue<int>());
        }
        finally
        {
            await ChangeAsync(new { enforced = true, contentPerMinute = 80 });
        }

        Assert.Equal(422, (await ChangeAsync(new { contentPerDay = 1 })).Status);
        Assert.Equal(422, (await ChangeAsync(new { perHour = "many" })).Status);
    }

    [Theory]
    [InlineData("POST", "/repos/a/b/issues", 5, true)]
    [InlineData("POST", "/repos/a/b/issues/1/comments", 5, true)]
    [InlineData("PATCH", "/repositories/7/issues/comments/1", 5, true)]
    [InlineData("POST", "/repos/a/b/pulls", 5, true)]
    [InlineData("POST", "/repos/a/b/pulls/1/reviews", 5, true)]
    [InlineData("PUT", "/repos/a/b/pulls/1/reviews/2/dismissals", 5, true)]
    [InlineData("PATCH", "/repos/a/b/check-runs/1", 5, true)]
    [InlineData("POST", "/repos/a/b/issues/1/labels", 5, false)]
    [InlineData("POST", "/repos/a/b/issues/comments/1/reactions", 5, false)]
    [InlineData("PUT", "/repos/a/b/pulls/1/merge", 5, false)]
    [InlineData("DELETE", "/repos/a/b/issues/comments/1", 5, false)]
    [InlineData("GET", "/repos/a/b/issues", 1, false)]
    public void What_a_request_costs(string method, string path, int points, bool content) =>
        Assert.Equal((points, content), LimitBook.Cost(method, path));

    internal static JsonNode Use(Answer limits, Toy toy) =>
        limits.Items("callers").Single(c => c["kind"]!.GetValue<string>() == "installation" && c["id"]!.GetValue<long>() == toy.Installation());

    private Task<Answer> ChangeAsync(object settings) => Answer.AskAsync(github.Client, HttpMethod.Put, "/_sim/limits", null, settings);

    // An installation of its own, so that one test's writes do not count against another's.
    private async Task<(Toy Toy, string Token)> BotAsync()
    {
        var toy = await github.RepositoryAsync(owner: $"org{Guid.NewGuid():n}"[..16]);
        return (toy, await toy.AppTokenAsync());
    }
}
