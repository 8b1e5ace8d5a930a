using System.Text;
using Muster.App.Tests.Stories;
using Muster.Core.Waves;

namespace Muster.App.Tests.Threats;

/// <summary>T2, a captured delivery sent again: under its own id, or under another one, which no signature covers.</summary>
public sealed class T2ReplayTests : IAsyncLifetime
{
    private const int Seed = 20261120;

    private Bot bot = null!;

    public async Task InitializeAsync() => bot = await Bot.StartAsync();

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Fact]
    public async Task Every_delivery_of_a_day_replayed_three_times_in_any_order_changes_nothing()
    {
        await ADayAsync();
        var (state, writes) = (await bot.StateAsync(), (await bot.WritesAsync()).Count);
        var captured = await CapturedAsync();
        var all = Enumerable.Repeat(captured, 3).SelectMany(c => c).ToArray();
        new Random(Seed).Shuffle(all);
        foreach (var (id, name, body) in all)
            Assert.Equal(200, await bot.PostAsync(body, AppUnderTest.Sign(body), name, id));
        await bot.SettleAsync();

        Assert.Equal((state, writes), (await bot.StateAsync(), (await bot.WritesAsync()).Count));
    }

    [Fact]
    public async Task Under_new_ids_they_start_no_work_stop_none_and_say_nothing_either()
    {
        await ADayAsync();
        var (state, writes) = (await bot.StateAsync(), (await bot.WritesAsync()).Count);
        var captured = (await CapturedAsync()).ToArray();
        new Random(Seed).Shuffle(captured);
        foreach (var (at, (_, name, body)) in captured.Index())
            Assert.Equal(202, await bot.PostAsync(body, AppUnderTest.Sign(body), name, $"replayed-{at}"));
        await bot.SettleAsync();

        Assert.Equal((state, writes), (await bot.StateAsync(), (await bot.WritesAsync()).Count));
        Assert.Equal(0, await bot.CountAsync("deliveries", "state IN ('new', 'failed')"));
    }

    [Fact]
    public async Task An_old_label_event_gives_nobody_else_s_label_its_authority()
    {
        var issue = await bot.IssueAsync();
        await bot.LabelAsync(issue);
        await bot.SettleAsync();
        var captured = (await CapturedAsync()).Last(c => c.Name == "issues");
        await bot.TellAsync(issue, "/dispatch cancel");
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.TellAsync(issue, "/dispatch");
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.TellAsync(issue, "/dispatch cancel");
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.LabelAsync(issue, by: "robo[bot]");
        await bot.SettleAsync();
        Assert.Equal(202, await bot.PostAsync(captured.Body, AppUnderTest.Sign(captured.Body), "issues", "replayed"));
        await bot.SettleAsync();

        Assert.Equal(2, await bot.CountAsync("items"));
        Assert.Equal(ItemState.Cancelled, (await bot.ItemAsync(issue)).State);
    }

    /// <summary>Work that was started, stopped and started again, and a pause that was lifted: commands whose repetition would show.</summary>
    private async Task ADayAsync()
    {
        var (labelled, said) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.LabelAsync(labelled);
        await bot.TellAsync(said, "/dispatch");
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        foreach (var command in new[] { "/dispatch cancel", "/dispatch", "/dispatch cancel", "/dispatch pause for lunch", "/dispatch resume", "/dispatch nonsense" })
        {
            await bot.TellAsync(said, command);
            bot.Time.Advance(TimeSpan.FromSeconds(2));
        }

        await bot.TellAsync(labelled, "/dispatch", "rea");
        await bot.TellAsync(labelled, "/dispatch cancel");
        await bot.GatherAsync();
        await bot.RestAsync();
        bot.Time.Advance(TimeSpan.FromHours(2));
        await bot.SettleAsync();
    }

    /// <summary>All that GitHub sent to the author's App so far.</summary>
    private async Task<IReadOnlyList<(string Id, string Name, byte[] Body)>> CapturedAsync() =>
    [
        .. from delivery in await bot.DeliveriesAsync()
           where delivery!["appId"]!.GetValue<long>() == 1001 && delivery.Text("event") is "issues" or "issue_comment"
           select (delivery!.Text("guid"), delivery!.Text("event"), Encoding.UTF8.GetBytes(delivery!["body"]!.ToJsonString())),
    ];
}
