using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>Issues that somebody is on already.</summary>
public sealed class ExistingWorkStories : IAsyncLifetime
{
    private Bot bot = null!;
    private FakeRunner runner = null!;
    private int issue;

    public async Task InitializeAsync()
    {
        bot = await Bot.StartAsync();
        runner = await FakeRunner.EnrolAsync(bot);
        issue = await bot.IssueAsync();
    }

    public async Task DisposeAsync()
    {
        runner.Dispose();
        await bot.DisposeAsync();
    }

    [Theory]
    [InlineData("wes/thing", "Fixes #1", "A change")]
    [InlineData("wes/1-thing", "", "A change")]
    [InlineData("wes/thing", "", "Work on #1")]
    public async Task An_open_pull_request_by_a_person_is_left_alone(string branch, string body, string title)
    {
        var pull = await bot.OpenPullAsync(branch, body, title);
        await bot.StartAsync(issue);
        await IsTakenAsync($"#1 was not started, because {pull} is already open");
    }

    [Fact]
    public async Task A_merged_pull_request_whose_issue_is_still_open_is_answered_too()
    {
        var pull = await bot.OpenPullAsync("wes/1-thing", "");
        await bot.MergeAsync(pull, "wes");
        await bot.StartAsync(issue);
        await IsTakenAsync($"#1 was not started, because {pull} is merged");
    }

    [Fact]
    public async Task Retry_runs_it_all_the_same()
    {
        await bot.OpenPullAsync("wes/thing", "Fixes #1");
        await bot.StartAsync(issue);
        await bot.TellAsync(issue, "/dispatch retry");
        await bot.GatherAsync();

        Assert.Equal((ItemState.Implementing, 2), ((await bot.ItemAsync(issue)).State, (await bot.ItemAsync(issue)).Generation));
    }

    [Fact]
    public async Task A_pull_request_closed_unmerged_is_named_in_the_brief()
    {
        var pull = await bot.OpenPullAsync("wes/thing", "Fixes #1");
        await bot.ClosePullAsync(pull, "wes");
        await bot.StartAsync(issue);

        var order = await runner.NextAsync(JobKind.Implement);
        Assert.Contains($"An earlier pull request for #1, {pull}, was closed without being merged.", order.Brief, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mere_mention_does_not_stop_it_but_is_said()
    {
        var pull = await bot.OpenPullAsync("wes/thing", "See also #1.");
        await bot.StartAsync(issue);

        Assert.Contains($"{pull} is open and mentions #1", (await bot.ItemAsync(issue)).Reason, StringComparison.Ordinal);
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task Our_own_closed_pull_request_never_counts_as_somebody_s()
    {
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        await bot.ClosePullAsync((await bot.ItemAsync(issue)).Pull!.Value);
        await bot.SettleAsync();
        await bot.StartAsync(issue);

        var order = await runner.NextAsync(JobKind.Implement);
        Assert.Equal("muster/1/2", order.Branch);
        Assert.DoesNotContain("earlier pull request", order.Brief, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_s_pull_request_opened_while_an_issue_waits_is_seen_when_it_is_released()
    {
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/**]"));
        await bot.StartAsync(first, second);
        var order = await runner.NextAsync();
        Assert.Equal(first, order.Issue.Value);
        var pull = await bot.OpenPullAsync("wes/thing", $"Fixes #{second}");
        await bot.TellAsync(first, "/dispatch cancel");

        var item = await bot.ItemAsync(second);
        Assert.Equal((ItemState.Superseded, "waits"), (item.State, item.FirstPlacement));
        Assert.Contains($"{pull}", item.Outcome, StringComparison.Ordinal);
    }

    private async Task IsTakenAsync(string says)
    {
        var item = await bot.ItemAsync(issue);
        Assert.Equal((ItemState.Superseded, "taken"), (item.State, item.FirstPlacement));
        Assert.Contains(says, Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        Assert.Empty(await bot.LabelsAsync(issue));
        Assert.Equal(0, await bot.CountAsync("jobs"));
    }
}
