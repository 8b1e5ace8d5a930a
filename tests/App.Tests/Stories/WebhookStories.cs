using System.Text;
using System.Text.Json.Nodes;
using Muster.Core.Waves;

namespace Muster.App.Tests.Stories;

/// <summary>Webhooks that GitHub did not send as they are: no row, no act, and the app goes on.</summary>
public sealed class WebhookStories : IAsyncLifetime
{
    private static readonly (string How, int Status)[] Forged =
    [
        ("unsigned", 401),
        ("signed by another", 401),
        ("altered", 401),
        ("truncated", 401),
        ("truncated and signed", 400),
        ("no json", 400),
        ("two values", 400),
        ("deep", 400),
        ("oversized", 413),
    ];

    private Bot bot = null!;
    private byte[] real = null!;

    public async Task InitializeAsync()
    {
        bot = await Bot.StartAsync();
        // A label event as GitHub sends it, which the app never got.
        await bot.IssueAsync();
        await Simulator.Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/deliveries/rules", null, new { drop = 1, duplicate = 0 });
        await bot.LabelAsync(1);
        await bot.SettleAsync();
        real = Encoding.UTF8.GetBytes((await bot.DeliveriesAsync())[^1]!["body"]!.ToJsonString());
    }

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Fact]
    public async Task The_real_one_starts_the_issue_however_often_it_comes()
    {
        Assert.Equal(202, await bot.PostAsync(real, AppUnderTest.Sign(real)));
        Assert.Equal(200, await bot.PostAsync(real, AppUnderTest.Sign(real)));
        Assert.Equal(202, await bot.PostAsync(real, AppUnderTest.Sign(real), id: "raw-2"));
        await bot.SettleAsync();

        Assert.Equal(ItemState.Proposed, (await bot.ItemAsync(1)).State);
        Assert.Equal(1, await bot.CountAsync("items"));
    }

    [Fact]
    public async Task What_is_not_from_GitHub_leaves_no_trace()
    {
        foreach (var (how, status) in Forged)
            await LeavesNoTraceAsync(how, status, "issues");
    }

    [Fact]
    public async Task An_event_that_means_nothing_here_leaves_no_trace()
    {
        foreach (var name in new[] { "star", "workflow_run", "no such event" })
            await LeavesNoTraceAsync("real", 202, name);
    }

    [Theory]
    [InlineData("opened")]
    [InlineData("transferred")]
    [InlineData("typed")]
    public async Task An_action_that_means_nothing_here_changes_nothing(string action)
    {
        var payload = JsonNode.Parse(real)!;
        payload["action"] = action;
        var state = await bot.StateAsync();
        Assert.Equal(202, await bot.PostSignedAsync(payload, "issues", "raw-1"));
        await bot.SettleAsync();

        Assert.Equal(state, await bot.StateAsync());
        Assert.Empty(await bot.WritesAsync());
    }

    [Theory]
    [InlineData("issue")]
    [InlineData("label")]
    [InlineData("sender")]
    [InlineData("repository")]
    [InlineData("installation")]
    public async Task A_signed_payload_that_lacks_a_part_stops_nothing(string part)
    {
        var payload = JsonNode.Parse(real)!.AsObject();
        payload.Remove(part);
        Assert.Equal(202, await bot.PostSignedAsync(payload, "issues", "raw-1"));
        await bot.SettleAsync();
        Assert.Equal(202, await bot.PostAsync(real, AppUnderTest.Sign(real), id: "raw-2"));
        await bot.SettleAsync();

        Assert.Equal(1, await bot.CountAsync("items"));
        Assert.Equal(0, await bot.CountAsync("deliveries", "state IN ('new', 'failed')"));
    }

    [Fact]
    public async Task Whoever_is_called_like_our_bot_is_asked_for_rights_like_anybody()
    {
        var payload = JsonNode.Parse(real)!;
        payload["sender"]!["login"] = "muster";
        Assert.Equal(202, await bot.PostSignedAsync(payload, "issues", "raw-1"));
        await bot.SettleAsync();

        Assert.Equal(0, await bot.CountAsync("items"));
    }

    private async Task LeavesNoTraceAsync(string how, int status, string name)
    {
        var (body, signature) = how switch
        {
            "unsigned" => (real, null),
            "signed by another" => (real, AppUnderTest.Sign(real, "somebody else's secret")),
            "altered" => (Altered(), AppUnderTest.Sign(real)),
            "truncated" => (real[..^9], AppUnderTest.Sign(real)),
            "truncated and signed" => Signed(real[..^9]),
            "no json" => Signed("hello"u8.ToArray()),
            "two values" => Signed([.. real, .. real]),
            "deep" => Signed(Encoding.UTF8.GetBytes(new string('[', 100_000))),
            "oversized" => (new byte[(25 << 20) + 1], "sha256=00"),
            _ => Signed(real),
        };
        var state = await bot.StateAsync();
        var (deliveries, journal) = (await bot.CountAsync("deliveries"), (await bot.JournalAsync()).Count);
        Assert.Equal(status, await bot.PostAsync(body, signature, name));
        await bot.SettleAsync();

        Assert.Equal((state, deliveries, journal), (await bot.StateAsync(), await bot.CountAsync("deliveries"), (await bot.JournalAsync()).Count));
        Assert.Equal("ok", await bot.App.GetStringAsync("/healthz"));
    }

    private static (byte[] Body, string Signature) Signed(byte[] body) => (body, AppUnderTest.Sign(body));

    private byte[] Altered()
    {
        var body = (byte[])real.Clone();
        body[^20] ^= 1;
        return body;
    }
}
