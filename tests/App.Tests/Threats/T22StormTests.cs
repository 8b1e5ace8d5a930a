using Muster.App.Tests.Stories;

namespace Muster.App.Tests.Threats;

/// <summary>T22: whoever asks without end gets an end, and nobody else pays for it.</summary>
public sealed class T22StormTests : IAsyncLifetime
{
    /// <summary>What an issue may be told in ten minutes.</summary>
    private const int Cap = 12;

    private Bot bot = null!;

    public async Task InitializeAsync() => bot = await Bot.StartAsync(new BotSetup { Limited = false, Settings = [("ReconcileEvery", "23:00:00")] });

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Fact]
    public async Task Five_hundred_dispatches_in_a_minute_give_the_cap_of_answers_one_warning_and_one_run()
    {
        var issue = await bot.IssueAsync();
        for (var i = 0; i < 500; i++)
        {
            await bot.SayAsync(issue, "/dispatch", "wes");
            bot.Time.Advance(TimeSpan.FromMilliseconds(120));
        }

        await bot.SettleAsync();

        var heard = await bot.HeardAsync(issue);
        Assert.InRange(heard.Count, 2, Cap + 1);
        Assert.Single(heard, text => text.Contains("/dispatch resume", StringComparison.Ordinal));
        Assert.Equal(1, await bot.CountAsync("items"));
        Assert.Equal(1, await bot.CountAsync("events", "kind = 'breaker.tripped'"));
        Assert.Equal(1, await bot.CountAsync("breakers", "reset_at IS NULL"));
    }

    [Fact]
    public async Task A_stranger_who_asks_everywhere_is_refused_a_few_times_and_stops_nobody()
    {
        var issues = new List<int>();
        for (var i = 0; i < 30; i++)
            issues.Add(await bot.IssueAsync($"Issue {i}"));
        for (var round = 0; round < 8; round++)
        {
            foreach (var issue in issues)
                await bot.SayAsync(issue, "/dispatch", "rea");
        }

        await bot.SettleAsync();

        var refusals = 0;
        foreach (var issue in issues)
            refusals += (await bot.HeardAsync(issue)).Count;
        Assert.Equal(10, refusals);
        Assert.Equal((0, 0), (await bot.CountAsync("items"), await bot.CountAsync("breakers")));
        await bot.TellAsync(issues[0], "/dispatch", "wes");
        Assert.True((await bot.ItemAsync(issues[0])).IsLive);
    }
}
