using System.Text.Json.Nodes;

namespace Muster.App.Tests.Stories;

/// <summary>The state as JSON, for whoever has the token.</summary>
public sealed class ApiStories
{
    private const string Token = "a token for the pages, long enough";

    private static readonly string[] Doors = ["/api/waves", "/api/items", "/api/jobs", "/api/events", "/"];

    [Fact]
    public async Task Without_a_token_set_there_is_nothing_to_log_in_to()
    {
        await using var bot = await Bot.StartAsync();
        foreach (var door in Doors)
            Assert.Equal(404, (await AskAsync(bot, door, Token)).Status);
    }

    [Fact]
    public async Task The_wrong_token_opens_nothing_and_the_right_one_everything()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("ApiToken", Token)] });
        foreach (var door in Doors)
        {
            foreach (var wrong in new[] { null, "", Token + "x", Token[..^1] })
                Assert.Equal(401, (await AskAsync(bot, door, wrong)).Status);
            Assert.Equal(200, (await AskAsync(bot, door, Token)).Status);
        }
    }

    [Fact]
    public async Task Jobs_are_shown_as_the_outside_contract_says()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("OpenApi", "true")] });
        using var runner = await FakeRunner.EnrolAsync(bot);
        await bot.StartAsync(await bot.IssueAsync("A <script> title"));
        var queued = await OneAsync(bot, "/api/jobs");
        Assert.Equal(("implement", "acme/shop", 1, "queued", 0, 0, 1), (
            queued.Text("kind"), queued.Text("repository"), queued["issue"]!.GetValue<int>(), queued.Text("state"),
            queued["epoch"]!.GetValue<int>(), queued["round"]!.GetValue<int>(), queued["attempt"]!.GetValue<int>()));

        var order = await runner.NextAsync();
        var leased = await OneAsync(bot, "/api/jobs");
        Assert.Equal((order.Job.Value, "leased", 1, runner.Id), (
            leased["id"]!.GetValue<long>(), leased.Text("state"), leased["epoch"]!.GetValue<int>(), leased.Text("runner")));
        Assert.Equal(bot.Time.GetUtcNow() + TimeSpan.FromMinutes(5), leased["leaseEnds"]!.GetValue<DateTimeOffset>(), TimeSpan.FromSeconds(1));

        var item = await OneAsync(bot, "/api/items");
        Assert.Equal((1, "implementing", "muster/1/1"), (item["issue"]!.GetValue<int>(), item.Text("state"), item.Text("branch")));
        Assert.Equal("running", (await OneAsync(bot, "/api/waves")).Text("state"));
        var events = JsonNode.Parse((await AskAsync(bot, "/api/events", null)).Body)!.AsArray();
        Assert.Equal("wave.opened", events[0]!["event"]!.Text("kind"));
        var after = events[0]!["id"]!.GetValue<long>();
        Assert.Equal(events.Count - 1, JsonNode.Parse((await AskAsync(bot, $"/api/events?after={after}", null)).Body)!.AsArray().Count);
        var page = (await AskAsync(bot, "/", null)).Body;
        Assert.Contains("A &lt;script&gt; title", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/events?after=x")]
    [InlineData("/api/events?wave=")]
    [InlineData("/api/events?after=-1&wave=99999999999999999999")]
    public async Task A_question_that_makes_no_sense_is_no_fault_of_the_server(string path)
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("OpenApi", "true")] });

        Assert.InRange((await AskAsync(bot, path, null)).Status, 200, 499);
    }

    private static async Task<JsonNode> OneAsync(Bot bot, string path) =>
        Assert.Single(JsonNode.Parse((await AskAsync(bot, path, null)).Body)!.AsArray())!;

    private static async Task<(int Status, string Body)> AskAsync(Bot bot, string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await bot.App.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
