using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>What GitHub tells late, or will not let us look at, undoes nothing that people did.</summary>
public sealed class LateStories : IAsyncLifetime
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

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_label_that_is_told_again_starts_nothing_that_a_person_closed(int seconds)
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        var pull = (await bot.ItemAsync(issue)).Pull!.Value;
        bot.Time.Advance(TimeSpan.FromSeconds(30));
        await bot.ClosePullAsync(pull);
        await bot.SettleAsync();

        await bot.PostSignedAsync(await LabelToldAsync(seconds), "issues", "another-id");
        await bot.SettleAsync();

        Assert.Equal((1, 0), (await bot.CountAsync("items"), await bot.CountAsync("items", "live = 1")));
    }

    [Fact]
    public async Task A_pause_that_is_told_of_after_its_end_pauses_nothing()
    {
        var issue = await bot.IssueAsync();
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.EndsWith("/permission", StringComparison.Ordinal));
        await bot.SayAsync(issue, "/dispatch pause 30m");
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "attempts > 0") > 0, "the command was looked at");
        bot.Time.Advance(TimeSpan.FromHours(1));
        bot.Fault.Off();
        await bot.SettleAsync();

        Assert.Equal(0, await bot.CountAsync("holds"));
        Assert.Contains("the pause is over already", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_branch_that_we_may_not_look_at_is_not_taken_for_deleted()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        var item = await bot.ItemAsync(issue);
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.Contains("/git/ref", StringComparison.Ordinal) || request.RequestUri.AbsolutePath.Contains("/branches/", StringComparison.Ordinal), HttpStatusCode.Forbidden);

        var told = new JsonObject
        {
            ["ref"] = item.Branch,
            ["ref_type"] = "branch",
            ["repository"] = Repository(),
            ["sender"] = await SenderAsync(),
            ["installation"] = new JsonObject { ["id"] = 1 },
        };
        await bot.PostSignedAsync(told, "delete", "a-deletion");
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "id = 'a-deletion' AND state <> 'new' OR id = 'a-deletion' AND attempts > 0") > 0, "the deletion was looked at");

        Assert.True(bot.Fault.Met > 0, "nobody looked at the branch");
        Assert.Equal(ItemState.Judging, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task An_issue_that_we_may_not_look_at_is_not_taken_for_closed()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        var told = await LabelToldAsync(0);
        told["action"] = "closed";
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.EndsWith($"/issues/{issue}", StringComparison.Ordinal), HttpStatusCode.Forbidden);

        await bot.PostSignedAsync(told, "issues", "a-close");
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "id = 'a-close' AND state <> 'new' OR id = 'a-close' AND attempts > 0") > 0, "the close was looked at");

        Assert.True(bot.Fault.Met > 0, "nobody looked at the issue");
        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(issue)).State);
    }

    /// <summary>The label's own webhook, as it would be told so much later by GitHub's other clock.</summary>
    private async Task<JsonNode> LabelToldAsync(int seconds)
    {
        var told = (await bot.DeliveriesAsync()).Last(d => d!["event"]!.GetValue<string>() == "issues" && d["action"]!.GetValue<string>() == "labeled"
            && d["body"]!["label"]!["name"]!.GetValue<string>() == StateLabels.Go)!["body"]!.DeepClone();
        var at = DateTimeOffset.Parse(told["issue"]!["updated_at"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        told["issue"]!["updated_at"] = at.AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return told;
    }

    private JsonObject Repository() => new() { ["id"] = bot.RepoId.Value, ["full_name"] = Bot.Repo };

    private async Task<JsonNode> SenderAsync() => (await LabelToldAsync(0))["sender"]!.DeepClone();
}
