using System.Text;
using System.Text.Json.Nodes;
using Muster.App.Tests.Stories;

namespace Muster.App.Tests.Threats;

/// <summary>T5, the confused deputy: machines ask, or somebody who looks like one of ours, and nobody is heard.</summary>
public sealed class T5MachineTests : IAsyncLifetime
{
    private Bot bot = null!;

    public async Task InitializeAsync() => bot = await Bot.StartAsync(new BotSetup { Private = false });

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Theory]
    [InlineData("robo[bot]", "Bot")]
    [InlineData("robo[bot]", "User")]
    [InlineData("ann", "Bot")]
    [InlineData("ann", "Organization")]
    [InlineData("ann", "Mannequin")]
    [InlineData("ann", null)]
    [InlineData("muster[bot]", "Bot")]
    [InlineData("muster[bot]", "User")]
    [InlineData("Muster[Bot]", "User")]
    public async Task A_sender_that_is_marked_as_a_machine_in_either_way_is_not_heard(string login, string? type)
    {
        var before = await bot.StateAsync();
        await PostAsync(sender =>
        {
            sender["login"] = login;
            sender["type"] = type;
        });

        Assert.Equal(before, await bot.StateAsync());
        Assert.Empty(await bot.WritesAsync());
    }

    [Theory]
    [InlineData("muster")]
    [InlineData("muster-bot")]
    [InlineData("muster-review")]
    public async Task A_person_who_is_called_like_our_bot_has_the_rights_of_anybody(string login)
    {
        var issue = await bot.IssueAsync();
        await bot.TellAsync(issue, "/dispatch", login);

        Assert.Equal(0, await bot.CountAsync("items"));
        Assert.StartsWith($"`{login}`, a command needs write access", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_our_own_bot_says_and_does_is_no_command()
    {
        // The reply to an unknown command shows commands; so do the help and the status.
        var issue = await bot.IssueAsync();
        await bot.TellAsync(issue, "/dispatch help");
        await bot.TellAsync(issue, "/dispatch nonsense");
        await bot.StartAsync(issue);
        var said = await bot.HeardAsync(issue);

        Assert.Equal(2, said.Count);
        Assert.Equal(1, await bot.CountAsync("items"));
        Assert.Equal(2, await bot.CountAsync("outbox", "kind = 'react' AND key LIKE '%eyes%' AND key NOT LIKE '%:'"));
    }

    /// <summary>A label event and a command, both signed, of a sender that is no person.</summary>
    private async Task PostAsync(Action<JsonNode> change)
    {
        var issue = await bot.IssueAsync();
        await Simulator.Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/deliveries/rules", null, new { drop = 2, duplicate = 0 });
        await bot.LabelAsync(issue);
        await bot.SayAsync(issue, "/dispatch");
        await bot.SettleAsync();
        foreach (var delivery in (await bot.DeliveriesAsync()).TakeLast(2))
        {
            var payload = delivery!["body"]!.DeepClone();
            change(payload["sender"]!);
            if (payload["comment"]?["user"] is { } author)
                change(author);
            var body = Encoding.UTF8.GetBytes(payload.ToJsonString());
            Assert.Equal(202, await bot.PostAsync(body, AppUnderTest.Sign(body), delivery.Text("event"), $"forged-{delivery.Text("event")}"));
        }

        await bot.SettleAsync();
    }
}
