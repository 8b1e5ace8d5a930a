using Muster.App.Tests.Simulator;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>What happened while nobody told the app: it finds out from what GitHub shows, on start and by the clock.</summary>
public sealed class ReconcileStories : IAsyncLifetime
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(5);

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
    public async Task What_GitHub_could_not_bring_is_asked_for_again()
    {
        var issue = await bot.IssueAsync();
        await bot.SettleAsync();
        await UntoldAsync(() => bot.SayAsync(issue, "/dispatch", "wes"));
        Assert.Equal(0, await bot.CountAsync("items"));
        await bot.SweepAsync(Sweep);

        Assert.Equal("wes", (await bot.ItemAsync(issue)).Snapshot.TriggeredBy);
    }

    [Fact]
    public async Task A_command_outlives_a_way_to_us_that_is_broken_for_half_an_hour()
    {
        var issue = await bot.IssueAsync();
        await bot.SettleAsync();
        await WayAsync("http://127.0.0.1:9/");
        await bot.SayAsync(issue, "/dispatch", "wes");
        await bot.ArrivedAsync();
        for (var i = 0; i < 6; i++)
            await bot.SweepAsync(Sweep);
        Assert.Equal(0, await bot.CountAsync("items"));

        await WayAsync(bot.App.BaseAddress!.AbsoluteUri);
        for (var i = 0; i < 8; i++)
            await bot.SweepAsync(Sweep);

        Assert.Equal("wes", (await bot.ItemAsync(issue)).Snapshot.TriggeredBy);
        Assert.InRange((await bot.DeliveriesAsync()).Count(d => d!.Text("event") == "issue_comment"), 3, 9);
    }

    [Fact]
    public async Task A_label_is_found_while_no_webhook_comes_through_however_many_are_sent()
    {
        var (issue, noise) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.SettleAsync();
        await DropAsync(1000);
        await bot.LabelAsync(issue);
        await bot.ArrivedAsync();
        bot.Time.Advance(Sweep);
        for (var seconds = 0; seconds < 60; seconds += 2)
        {
            await bot.SayAsync(noise, "noise");
            await bot.ArrivedAsync();
            await bot.SettleAsync();
            bot.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal(1, await bot.CountAsync("items"));
    }

    [Fact]
    public async Task A_labelled_issue_that_nobody_told_of_is_started_in_the_name_of_whoever_labelled_it()
    {
        Deafen();
        var (issue, strangers) = (await bot.IssueAsync(), await bot.IssueAsync());
        await UntoldAsync(async () =>
        {
            await bot.LabelAsync(issue, by: "wes");
            await bot.LabelAsync(strangers, by: "tess");
        });
        await bot.SweepAsync(Sweep);
        await bot.SweepAsync(Sweep);

        Assert.Equal("wes", (await bot.ItemAsync(issue)).Snapshot.TriggeredBy);
        Assert.Equal(0, await bot.CountAsync("items", $"issue = {strangers}"));
        Assert.Contains("needs write access", Assert.Single(await bot.HeardAsync(strangers)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_changed_since_the_label_is_not_run_before_somebody_labels_it_again()
    {
        Deafen();
        var issue = await bot.IssueAsync();
        await UntoldAsync(async () =>
        {
            await bot.LabelAsync(issue);
            bot.Time.Advance(TimeSpan.FromMinutes(1));
            await bot.EditAsync(issue, "Something else.");
        });
        await bot.SweepAsync(Sweep);

        Assert.Equal(0, await bot.CountAsync("items"));
        Assert.Single(await bot.HeardAsync(issue));
    }

    [Theory]
    [InlineData("merged", ItemState.Merged)]
    [InlineData("closed", ItemState.Cancelled)]
    [InlineData("branch", ItemState.Cancelled)]
    [InlineData("issue", ItemState.Cancelled)]
    public async Task What_a_person_ended_elsewhere_is_over_and_stays_so(string how, ItemState state)
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        var item = await bot.ItemAsync(issue);
        Deafen();
        await UntoldAsync(() => how switch
        {
            "merged" => bot.MergeAsync(item.Pull!.Value),
            "closed" => bot.ClosePullAsync(item.Pull!.Value),
            "branch" => bot.AsAsync("ann", HttpMethod.Delete, $"/git/refs/heads/{item.Branch}"),
            _ => bot.CloseAsync(issue),
        });
        await bot.SweepAsync(Sweep);
        Assert.Equal(state, (await bot.ItemAsync(issue)).State);
        await bot.SweepAsync(Sweep);
        Assert.Equal((1, 1), (await bot.CountAsync("items"), (await bot.ListAsync("/pulls?state=all")).Count));
    }

    [Fact]
    public async Task A_state_label_that_a_person_took_off_stops_the_work()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.NextAsync(JobKind.Implement);
        Deafen();
        await UntoldAsync(() => bot.UnlabelAsync(issue, "agent:running", "wes"));
        await bot.SweepAsync(Sweep);

        var item = await bot.ItemAsync(issue);
        Assert.Equal(ItemState.Cancelled, item.State);
        Assert.Contains("wes", item.Outcome, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_App_stops_asking_and_goes_on_when_it_may()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.NextAsync(JobKind.Implement);
        var seen = (await bot.JournalAsync()).Count;
        await InstallationAsync("suspend", told: false);
        for (var i = 0; i < 12; i++)
            await bot.SweepAsync(Sweep);

        var failed = await FailuresAsync(seen);
        Assert.True(failed.Count < 5, string.Join('\n', failed));
        Assert.DoesNotContain((await bot.ItemAsync(issue)).State, new[] { ItemState.Parked, ItemState.Cancelled });
        await InstallationAsync("unsuspend");
        await bot.SweepAsync(Sweep);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        Assert.Single(await bot.ListAsync("/pulls?state=open"));
    }

    [Fact]
    public async Task A_repository_that_was_renamed_is_the_same_repository()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await UntoldAsync(() => Answer.AskAsync(bot.Hub, HttpMethod.Post, $"/_sim/repos/{bot.RepoId.Value}/rename", null, new { name = "store" }));
        await bot.SweepAsync(Sweep);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));

        Assert.Equal(1, await bot.CountAsync("repositories", "full_name = 'acme/store'"));
        Assert.Equal(1, await bot.CountAsync("repositories"));
        Assert.NotNull((await bot.ItemAsync(issue)).Pull);
    }

    [Fact]
    public async Task A_repository_that_is_new_is_looked_at_at_once()
    {
        var made = await Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/repos", null, new
        {
            owner = "acme",
            name = "annex",
            @private = true,
            collaborators = new Dictionary<string, string> { ["ann"] = "admin" },
        });
        var id = made["id"]!.GetValue<long>();
        var token = await bot.TokenAsync("ann");
        await Answer.AskAsync(bot.Hub, HttpMethod.Post, "/repos/acme/annex/issues", token, new { title = "Do it" });
        await Answer.AskAsync(bot.Hub, HttpMethod.Post, "/repos/acme/annex/issues/1/labels", token, new { labels = new[] { "agent:go" } });
        await Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/installations", null, new { appId = 1001, repositoryId = id });
        bot.Time.Advance(TimeSpan.FromSeconds(3));
        await bot.UntilAsync(async () => await bot.CountAsync("items", $"repo = {id}") == 1, "the labelled issue of the new repository is taken");
    }

    /// <summary>GitHub does not say what it could not bring.</summary>
    private void Deafen() => bot.Fault.On(r => r.RequestUri!.AbsolutePath.StartsWith("/app/hook/", StringComparison.Ordinal));

    /// <summary>Something happens, and no webhook of it arrives.</summary>
    private async Task UntoldAsync(Func<Task> act)
    {
        await bot.SettleAsync();
        await DropAsync(1000);
        await act();
        await bot.ArrivedAsync();
        await DropAsync(0);
    }

    private async Task WayAsync(string address)
    {
        var set = await Answer.AskAsync(bot.Hub, HttpMethod.Put, "/_sim/apps/1001", null, new { webhookUrl = $"{address}webhooks/github" });
        Assert.InRange(set.Status, 200, 299);
    }

    private Task<Answer> DropAsync(int next) => Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/deliveries/rules", null, new { drop = next });

    private async Task InstallationAsync(string act, bool told = true)
    {
        var id = await bot.Store.ReadAsync(db => Dapper.SqlMapper.ExecuteScalar<long>(db, "SELECT installation FROM repositories LIMIT 1"), default);
        Task Do() => Answer.AskAsync(bot.Hub, HttpMethod.Post, $"/_sim/installations/{id}/{act}", null, null);
        await (told ? Do() : UntoldAsync(Do));
        await bot.SettleAsync();
    }

    private async Task<List<string>> FailuresAsync(int after) =>
    [
        .. (await bot.JournalAsync()).Skip(after)
            .Where(e => e["actor"]!["kind"]!.GetValue<string>() is not "user" && e["status"]!.GetValue<int>() is 401 or 403 or 404)
            .Select(e => $"{e["actor"]!["kind"]} {e.Text("method")} {e.Text("path")} {e["status"]}"),
    ];
}
