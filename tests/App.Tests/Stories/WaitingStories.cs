using Muster.Core;
using Muster.Core.Waves;

namespace Muster.App.Tests.Stories;

/// <summary>What people can do for an issue that waits.</summary>
public sealed class WaitingStories : IAsyncLifetime
{
    private Bot bot = null!;
    private FakeRunner runner = null!;

    public async Task InitializeAsync()
    {
        bot = await Bot.StartAsync();
        runner = await FakeRunner.EnrolAsync(bot);
    }

    public async Task DisposeAsync()
    {
        runner.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task Release_lets_an_issue_start_beside_the_one_it_waits_for()
    {
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/one.txt]"));
        await bot.StartAsync(first, second);
        Assert.Equal([new IssueNumber(first)], (await bot.ItemAsync(second)).WaitsOn);
        await bot.TellAsync(first, "/dispatch release #2");

        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(second)).State);
        Assert.Contains("#2 no longer waits for #1.", (await bot.HeardAsync(first))[^1], StringComparison.Ordinal);
        await bot.TellAsync(second, "/dispatch release");
        Assert.Contains("#2 does not wait for anything", (await bot.HeardAsync(second))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_plans_a_waiting_issue_again_with_the_text_of_now()
    {
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/one.txt]"));
        await bot.StartAsync(first, second);
        var before = await bot.ItemAsync(second);
        await bot.AsAsync("ann", HttpMethod.Patch, $"/issues/{second}", new { body = "---\nscope: [src/b/**]\n---\nElsewhere." });
        await bot.SettleAsync();
        Assert.Equal(ItemState.Waiting, (await bot.ItemAsync(second)).State);

        await bot.TellAsync(second, "/dispatch retry");
        await bot.GatherAsync();

        var after = await bot.ItemAsync(second);
        Assert.Equal((before.Id, ItemState.Implementing, "src/b/**"), (after.Id, after.State, Assert.Single(after.Terms!.Contract.Scope)));
        Assert.Contains("#2 is planned again, with its text as it stands now.", (await bot.HeardAsync(second))[^1], StringComparison.Ordinal);
        var orders = new[] { await runner.NextAsync(), await runner.NextAsync() };
        Assert.Contains("Elsewhere.", orders.Single(o => o.Issue.Value == second).Brief, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_on_a_waiting_issue_is_answered_and_changes_nothing()
    {
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/one.txt]"));
        await bot.StartAsync(first, second);
        await bot.AsAsync("ann", HttpMethod.Patch, $"/issues/{second}", new { body = "---\nscope: [src/b/**]\n---\nElsewhere." });

        await bot.StartAsync(second);

        Assert.Equal(ItemState.Waiting, (await bot.ItemAsync(second)).State);
        Assert.Contains("#2 is already waiting", (await bot.HeardAsync(second))[^1], StringComparison.Ordinal);
    }
}
