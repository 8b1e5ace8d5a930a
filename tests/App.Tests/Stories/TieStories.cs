using System.Net;
using System.Net.Http.Json;
using Muster.Core;
using Muster.Core.Waves;

namespace Muster.App.Tests.Stories;

/// <summary>What people tied together on GitHub itself, without writing it into any text.</summary>
public sealed class TieStories : IAsyncLifetime
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
    public async Task A_pull_request_that_was_linked_by_hand_is_found_as_existing_work()
    {
        var issue = await bot.IssueAsync();
        var pull = await LinkAsync(issue);
        await bot.StartAsync(issue);

        Assert.Equal(ItemState.Superseded, (await bot.ItemAsync(issue)).State);
        Assert.Contains($"{pull} is already open", Assert.Single(await bot.HeardAsync(issue)));
        Assert.Equal(0, await bot.CountAsync("jobs"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_native_dependency_blocks_until_it_is_closed_whether_graphql_answers_or_not(bool graphql)
    {
        if (!graphql)
            bot.Fault.On(request => request.RequestUri!.AbsolutePath == "/graphql", HttpStatusCode.Forbidden);
        var (issue, needed) = (await bot.IssueAsync(), await bot.IssueAsync());
        await BlockAsync(issue, needed);
        await bot.StartAsync(issue);
        var item = await bot.ItemAsync(issue);

        Assert.Equal((ItemState.Waiting, new IssueNumber(needed)), (item.State, Assert.Single(item.WaitsOn)));
        Assert.Contains($"#{issue} depends on #{needed}", item.Reason);
        await bot.CloseAsync(needed);
        await bot.SettleAsync();
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task Native_dependencies_in_a_ring_are_refused_by_name()
    {
        var (one, two) = (await bot.IssueAsync(), await bot.IssueAsync());
        await BlockAsync(one, two);
        await BlockAsync(two, one);
        await bot.StartAsync(one, two);

        Assert.Equal((ItemState.Parked, ItemState.Parked), ((await bot.ItemAsync(one)).State, (await bot.ItemAsync(two)).State));
        Assert.Contains($"#{two}", Assert.Single(await bot.HeardAsync(one)));
    }

    [Fact]
    public async Task The_facts_of_a_hundred_issues_cost_as_many_requests_as_those_of_one()
    {
        Assert.Equal(["GET /pulls", "GET /pulls", "POST /graphql"], await CostAsync(bot, 1));
        await using var busy = await Bot.StartAsync(new BotSetup { Limited = false });
        Assert.Equal(["GET /pulls", "GET /pulls", "POST /graphql"], await CostAsync(busy, 100));
    }

    /// <summary>What the app asks of the API from the plan's beginning to its end.</summary>
    private static async Task<IReadOnlyList<string>> CostAsync(Bot bot, int issues)
    {
        for (var i = 1; i <= issues; i++)
            await bot.LabelAsync(await bot.IssueAsync());
        await bot.SettleAsync();
        var before = (await bot.JournalAsync()).Count;
        bot.Time.Advance(TimeSpan.FromSeconds(10));
        await bot.SettleAsync();
        return
        [
            .. from entry in (await bot.JournalAsync()).Skip(before)
               let path = entry["path"]!.GetValue<string>()
               where path == "/graphql" || path.EndsWith("/pulls", StringComparison.Ordinal) || path.Contains("/dependencies", StringComparison.Ordinal)
                  || path.EndsWith("/timeline", StringComparison.Ordinal)
               select $"{entry["method"]} {(path == "/graphql" ? path : path[path.LastIndexOf('/')..])}" into asked
               orderby asked
               select asked,
        ];
    }

    private async Task<PullNumber> LinkAsync(int issue)
    {
        var pull = await bot.OpenPullAsync("wes/thing", "Nothing in here names it.");
        using var linked = await bot.Hub.PostAsJsonAsync($"/_sim/repos/{bot.RepoId.Value}/links", new { pull = pull.Value, issue });
        linked.EnsureSuccessStatusCode();
        return pull;
    }

    private async Task BlockAsync(int issue, int by)
    {
        var id = (await bot.AsAsync("ann", HttpMethod.Get, $"/issues/{by}"))["id"]!.GetValue<long>();
        await bot.AsAsync("ann", HttpMethod.Post, $"/issues/{issue}/dependencies/blocked_by", new { issue_id = id });
    }
}
