using Dapper;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>How triggers become waves, and how waves end.</summary>
public sealed class WaveStories : IAsyncLifetime
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
    public async Task Triggers_that_come_within_the_gathering_are_one_wave_and_one_plan()
    {
        for (var n = 0; n < 3; n++)
        {
            var issue = await bot.ContractAsync($"scope: [src/{n}/**]");
            await bot.LabelAsync(issue);
            await bot.SettleAsync();
            bot.Time.Advance(TimeSpan.FromSeconds(9));
            await bot.SettleAsync();
        }

        Assert.Equal((WaveState.Gathering, 0), ((await bot.WaveAsync()).State, await bot.CountAsync("jobs")));
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.SettleAsync();

        var wave = await bot.WaveAsync();
        Assert.Equal((WaveState.Running, 1, new IssueNumber(1)), (wave.State, wave.Revision, wave.StatusIssue));
        Assert.Equal((1, 3, 3), (await bot.CountAsync("waves"), await bot.CountAsync("items"), await bot.CountAsync("jobs")));
    }

    [Fact]
    public async Task However_much_comes_in_a_wave_gathers_no_longer_than_a_minute()
    {
        for (var n = 0; n < 8; n++)
        {
            await bot.LabelAsync(await bot.ContractAsync($"scope: [src/{n}/**]"));
            await bot.SettleAsync();
            bot.Time.Advance(TimeSpan.FromSeconds(8));
            await bot.SettleAsync();
        }

        await bot.UntilAsync(async () => await bot.CountAsync("plans") > 0, "it is planned");
        Assert.Equal(1, await bot.CountAsync("waves"));
    }

    [Fact]
    public async Task A_later_trigger_joins_the_open_wave_as_a_new_revision()
    {
        var first = await bot.ContractAsync("scope: [src/a/**]");
        await bot.StartAsync(first);
        var second = await bot.ContractAsync("scope: [src/b/**]");
        await bot.LabelAsync(second);
        await bot.SettleAsync();

        Assert.Equal((await bot.ItemAsync(first)).Wave, (await bot.ItemAsync(second)).Wave);
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(second)).State);
        Assert.Equal((1, 2), (await bot.CountAsync("waves"), (await bot.WaveAsync()).Revision));
    }

    [Fact]
    public async Task A_wave_at_rest_is_closed_once_with_one_retro_that_is_edited_when_a_person_merges_later()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        await bot.RestAsync();

        var retro = Assert.Single(await RetrosAsync());
        Assert.Contains("1 of 1 passed", retro.Title, StringComparison.Ordinal);
        Assert.Contains("| items | 1 |", retro.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("holes", retro.Body, StringComparison.Ordinal);
        Assert.True(retro.Body.Split("<!-- muster")[0].TrimEnd().Split('\n').Length <= 15);
        Assert.Equal(retro.Number, (await bot.WaveAsync()).Retro!.Value.Value);

        await bot.MergeAsync((await bot.ItemAsync(issue)).Pull!.Value);
        await bot.SettleAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(2));
        await bot.SettleAsync();
        Assert.Equal(retro.Number, Assert.Single(await RetrosAsync()).Number);
        Assert.Equal(1, await bot.CountAsync("events", "kind = 'wave.closed'"));
        Assert.Contains((await bot.WritesAsync()), w => w == $"PATCH /repos/acme/shop/issues/{retro.Number} 200");
    }

    [Fact]
    public async Task A_trigger_before_the_rest_is_over_keeps_the_wave_open()
    {
        await bot.StartAsync(await bot.IssueAsync());
        await runner.FinishAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(59));
        var second = await bot.IssueAsync();
        await bot.LabelAsync(second);
        await bot.SettleAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        await bot.SettleAsync();

        Assert.Equal((1, 0), (await bot.CountAsync("waves"), (await RetrosAsync()).Count));
        Assert.Equal(WaveState.Running, (await bot.WaveAsync()).State);
    }

    [Fact]
    public async Task A_trigger_after_the_rest_opens_the_next_wave()
    {
        await bot.StartAsync(await bot.IssueAsync());
        await runner.FinishAsync();
        await bot.RestAsync();
        var second = await bot.IssueAsync();
        await bot.StartAsync(second);

        Assert.Equal(2, (await bot.ItemAsync(second)).Wave.Value);
        Assert.Single(await bot.StatusAsync(second));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_trigger_that_comes_while_a_plan_is_made_is_in_the_next_one(bool running)
    {
        if (running)
            await bot.StartAsync(await bot.ContractAsync("scope: [src/b/**]"));
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/c/**]"));
        await bot.LabelAsync(first);
        await bot.UntilAsync(async () => await bot.CountAsync("items", $"issue = {first}") == 1, "the first is taken");
        await bot.SettleAsync();
        var third = await bot.ContractAsync("scope: [src/d/**]");
        var release = bot.Fault.Hold(r => r.Method == HttpMethod.Get && r.RequestUri!.AbsolutePath.EndsWith("/pulls", StringComparison.Ordinal));
        if (running)
            await bot.LabelAsync(third);
        else
            bot.Time.Advance(TimeSpan.FromSeconds(10));
        await bot.UntilAsync(() => Task.FromResult(bot.Fault.Met > 0), "the plan looks at the pull requests");
        await bot.LabelAsync(second);
        await bot.UntilAsync(async () => await bot.CountAsync("items", $"issue = {second}") == 1, "the second is taken");
        release();
        await bot.SettleAsync();

        Assert.NotEqual(ItemState.Proposed, (await bot.ItemAsync(second)).State);
    }

    [Fact]
    public async Task An_issue_that_gathers_is_not_planned_because_an_older_wave_is()
    {
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/**]"));
        await bot.StartAsync(first, second);
        await runner.FinishAsync(("src/a/one.txt", "one more\n"));
        await bot.RestAsync();
        Assert.NotNull((await bot.ItemAsync(second)).Attention);
        var third = await bot.IssueAsync();
        await bot.LabelAsync(third);
        await bot.SettleAsync();
        await bot.MergeAsync((await bot.ItemAsync(first)).Pull!.Value);
        await bot.UntilAsync(async () => (await bot.ItemAsync(second)).Attention is null, "the second is planned anew");

        Assert.Equal(ItemState.Proposed, (await bot.ItemAsync(third)).State);
        await bot.GatherAsync();
        Assert.NotEqual(ItemState.Proposed, (await bot.ItemAsync(third)).State);
    }

    [Fact]
    public async Task A_wave_whose_only_issue_is_cancelled_while_it_gathers_is_closed_as_well()
    {
        var issue = await bot.IssueAsync();
        await bot.LabelAsync(issue);
        await bot.SettleAsync();
        await bot.TellAsync(issue, "/dispatch cancel");
        await bot.GatherAsync();
        var asked = (await bot.JournalAsync()).Count;
        await bot.RestAsync();

        Assert.InRange((await bot.JournalAsync()).Count - asked, 1, 30);
        Assert.DoesNotContain("holes", Assert.Single(await RetrosAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_issue_starts_when_what_it_waits_for_is_merged()
    {
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/**]"));
        await bot.StartAsync(first, second);
        Assert.Contains("waits for #1", (await bot.ItemAsync(second)).Reason, StringComparison.Ordinal);
        Assert.Equal(["agent:queued"], await bot.LabelsAsync(second));
        await runner.FinishAsync(("src/a/one.txt", "one more\n"));
        var waiting = await bot.ItemAsync(second);
        Assert.Equal("Merge or close #3, or comment `/dispatch release 2`.", waiting.Attention);
        Assert.Equal(["agent:needs-human"], await bot.LabelsAsync(second));
        await bot.MergeAsync((await bot.ItemAsync(first)).Pull!.Value);
        await bot.SettleAsync();

        var order = await runner.NextAsync(JobKind.Implement);
        var main = (await bot.AsAsync("ann", HttpMethod.Get, "/branches/main"))["commit"]!.Text("sha");
        Assert.Equal((second, main), (order.Issue.Value, order.Base.Value));
    }

    [Theory]
    [InlineData("completed", ItemState.Implementing)]
    [InlineData("not_planned", ItemState.Waiting)]
    public async Task A_dependency_is_met_when_its_issue_is_closed_as_completed(string reason, ItemState state)
    {
        var needed = await bot.IssueAsync("By a person");
        var issue = await bot.ContractAsync($"depends_on: [{needed}]");
        await bot.StartAsync(issue);
        Assert.Equal(ItemState.Waiting, (await bot.ItemAsync(issue)).State);
        await bot.CloseAsync(needed, reason: reason);
        await bot.SettleAsync();

        Assert.Equal((state, state == ItemState.Waiting), ((await bot.ItemAsync(issue)).State, (await bot.ItemAsync(issue)).Attention is not null));
    }

    [Fact]
    public async Task More_issues_than_slots_wait_for_a_slot_and_need_no_person()
    {
        for (var n = 0; n < 4; n++)
            await bot.LabelAsync(await bot.ContractAsync($"scope: [src/{n}/**]"));
        await bot.GatherAsync();

        var last = await bot.ItemAsync(4);
        Assert.Equal((ItemState.Waiting, null), (last.State, last.Attention));
        JobOrder[] orders = [await runner.NextAsync(), await runner.NextAsync(), await runner.NextAsync()];
        await runner.ImplementAsync(orders[0], ("src/0/x.txt", "x\n"));
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(4)).State);
    }

    [Fact]
    public async Task Without_a_runner_an_issue_waits_and_starts_when_one_enrols()
    {
        bot.Time.Advance(TimeSpan.FromMinutes(3));
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        Assert.Contains("waits for a runner", (await bot.ItemAsync(issue)).Reason, StringComparison.Ordinal);

        await runner.NextAsync(JobKind.Implement);
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task A_retro_of_a_record_with_holes_says_what_is_missing()
    {
        await bot.StartAsync(await bot.IssueAsync());
        await runner.FinishAsync();
        await bot.Store.WriteAsync(db => db.Execute("DELETE FROM events WHERE kind IN ('item.placed', 'plan.made')"), default);
        await bot.RestAsync();

        var body = Assert.Single(await RetrosAsync()).Body;
        Assert.Contains("**The record has holes**", body, StringComparison.Ordinal);
        Assert.Contains("its plan", body, StringComparison.Ordinal);
        Assert.Contains("the placement of #1", body, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<(int Number, string Title, string Body)>> RetrosAsync() =>
    [
        .. (await bot.ListAsync("/issues?state=all&labels=agent%3Aretro"))
            .Select(i => (i["number"]!.GetValue<int>(), i.Text("title"), i.Text("body"))),
    ];
}
