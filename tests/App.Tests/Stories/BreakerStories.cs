using Muster.App.Tests.Simulator;

namespace Muster.App.Tests.Stories;

/// <summary>What feeds on itself is stopped, said once, and goes on when a person says so.</summary>
public sealed class BreakerStories : IAsyncLifetime
{
    /// <summary>What an issue may be told in ten minutes.</summary>
    private const int Cap = 12;

    private Bot bot = null!;

    public async Task InitializeAsync() => bot = await Bot.StartAsync(new BotSetup { Limited = false, Settings = [("ReconcileEvery", "23:00:00")] });

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Fact]
    public async Task A_person_lets_it_go_on_and_it_outlives_a_restart()
    {
        var (issue, other) = (await bot.IssueAsync(), await bot.IssueAsync());
        await TripAsync(issue);
        await bot.StopAppAsync();
        await bot.StartAppAsync();
        await bot.TellAsync(issue, "/dispatch status");
        await bot.LabelAsync(issue);
        await bot.LabelAsync(other);
        await bot.SettleAsync();
        Assert.Equal(0, await bot.CountAsync("items", $"issue = {issue}"));
        Assert.Equal(1, await bot.CountAsync("items", $"issue = {other}"));

        bot.Time.Advance(TimeSpan.FromMinutes(11));
        await bot.TellAsync(issue, "/dispatch resume", "rea");
        Assert.Equal(1, await bot.CountAsync("breakers", "reset_at IS NULL"));
        await bot.TellAsync(issue, "/dispatch resume", "wes");
        Assert.Equal(0, await bot.CountAsync("breakers", "reset_at IS NULL"));
        await bot.TellAsync(issue, "/dispatch");

        Assert.True((await bot.ItemAsync(issue)).IsLive);
    }

    [Fact]
    public async Task A_runner_gets_no_job_of_an_issue_that_is_stopped()
    {
        using var runner = await FakeRunner.EnrolAsync(bot);
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await TripAsync(issue);
        Assert.Null(await runner.PollAsync());

        await bot.TellAsync(issue, "/dispatch resume");
        Assert.NotNull(await runner.NextAsync());
    }

    [Fact]
    public async Task What_was_said_through_one_of_our_Apps_is_not_heard_whoever_it_is_shown_under()
    {
        var issue = await bot.IssueAsync();
        await Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/deliveries/rules", null, new { drop = 1 });
        await bot.SayAsync(issue, "/dispatch");
        await bot.SettleAsync();
        var payload = (await bot.DeliveriesAsync()).Last(d => d!.Text("event") == "issue_comment")!["body"]!.DeepClone();
        payload["comment"]!["performed_via_github_app"] = new System.Text.Json.Nodes.JsonObject { ["id"] = 1001, ["slug"] = "not-its-name-any-more" };
        Assert.Equal(202, await bot.PostSignedAsync(payload, "issue_comment", "raw-own"));
        await bot.SettleAsync();
        Assert.Equal(0, await bot.CountAsync("items"));

        payload["comment"]!["performed_via_github_app"] = null;
        Assert.Equal(202, await bot.PostSignedAsync(payload, "issue_comment", "raw-theirs"));
        await bot.SettleAsync();
        Assert.Equal(1, await bot.CountAsync("items"));
    }

    private async Task TripAsync(int issue)
    {
        for (var i = 0; i <= Cap; i++)
            await bot.SayAsync(issue, "/dispatch help");
        await bot.SettleAsync();
        Assert.Equal(1, await bot.CountAsync("breakers", "reset_at IS NULL"));
    }
}
