using Muster.App.Tests.Simulator;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>How an issue goes from its label to its end, whatever people do on the way.</summary>
public sealed class LifecycleStories : IAsyncLifetime
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
    public async Task A_labelled_issue_becomes_a_pull_request_that_a_person_may_merge()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();

        var item = await bot.ItemAsync(issue);
        Assert.Equal(ItemState.Ready, item.State);
        Assert.Equal(["agent:ready"], await bot.LabelsAsync(issue));
        await bot.MergeAsync(item.Pull!.Value);
        await bot.SettleAsync();

        Assert.Equal(ItemState.Merged, (await bot.ItemAsync(issue)).State);
        Assert.Equal(1, await bot.CountAsync("items"));
    }

    [Fact]
    public async Task A_pull_request_closed_unmerged_is_respected()
    {
        var issue = await ReadyAsync();
        var pull = (await bot.ItemAsync(issue)).Pull!.Value;
        await bot.ClosePullAsync(pull, "wes");
        await IsOverAsync(issue, $"{pull} was closed without merging by wes");
    }

    [Fact]
    public async Task A_deleted_branch_is_never_made_again()
    {
        var issue = await ReadyAsync();
        await bot.AsAsync("ann", HttpMethod.Delete, $"/git/refs/heads/{(await bot.ItemAsync(issue)).Branch}");
        await IsOverAsync(issue, "by ann");
    }

    [Fact]
    public async Task Closing_the_issue_stops_the_work_on_it()
    {
        var (issue, order) = await WorkingAsync();
        await bot.CloseAsync(issue, "wes");
        await IsOverAsync(issue, "The issue was closed by wes", pulls: 0);
        await IsStoppedAsync(order);
    }

    [Fact]
    public async Task Taking_the_state_label_off_stops_the_work()
    {
        var (issue, order) = await WorkingAsync();
        await bot.UnlabelAsync(issue, "agent:running", "wes");
        await IsOverAsync(issue, "wes took the state label off", pulls: 0);
        await IsStoppedAsync(order);
    }

    [Fact]
    public async Task A_merge_while_the_reviewer_reads_ends_the_item_as_merged()
    {
        var (issue, order) = await WorkingAsync();
        await runner.ImplementAsync(order);
        var review = await runner.NextAsync(JobKind.Review);
        var pull = (await bot.ItemAsync(issue)).Pull!.Value;
        await MergeDraftAsync(pull);

        Assert.Equal(ItemState.Merged, (await bot.ItemAsync(issue)).State);
        Assert.Equal(409, await runner.ReviewAsync(review, approves: true));
        Assert.Equal(ItemState.Merged, (await bot.ItemAsync(issue)).State);
        Assert.Empty(await bot.ListAsync($"/pulls/{pull.Value}/reviews"));
    }

    [Theory]
    [InlineData("issues", "pull_request")]
    [InlineData("pull_request", "issues")]
    public async Task A_merge_is_a_merge_whichever_of_its_events_comes_first(string first, string second)
    {
        var issue = await ReadyAsync();
        await RulesAsync(drop: 100);
        await bot.MergeAsync((await bot.ItemAsync(issue)).Pull!.Value, "wes");
        await bot.SettleAsync();
        await RulesAsync(drop: 0);
        Assert.Equal(ItemState.Ready, (await bot.ItemAsync(issue)).State);

        await RedeliverAsync(first);
        Assert.Equal(ItemState.Merged, (await bot.ItemAsync(issue)).State);
        await RedeliverAsync(second);

        var item = await bot.ItemAsync(issue);
        Assert.Equal((ItemState.Merged, $"{item.Pull} was merged by wes."), (item.State, item.Outcome));
        Assert.Equal(1, await bot.CountAsync("events", "kind = 'person.acted'"));
    }

    [Fact]
    public async Task A_branch_deleted_after_the_merge_changes_nothing()
    {
        var issue = await ReadyAsync();
        var item = await bot.ItemAsync(issue);
        await bot.MergeAsync(item.Pull!.Value);
        await bot.AsAsync("ann", HttpMethod.Delete, $"/git/refs/heads/{item.Branch}");
        await bot.SettleAsync();

        Assert.Equal(ItemState.Merged, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task A_redelivered_label_starts_nothing_a_second_time()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        var state = await bot.StateAsync();
        await RedeliverAsync("issues", "labeled");

        Assert.Equal(state, await bot.StateAsync());
    }

    [Fact]
    public async Task A_change_that_is_sent_back_is_fixed_by_one_more_commit_and_judged_anew()
    {
        var (issue, order) = await WorkingAsync();
        var first = await runner.ImplementAsync(order);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), false, new Finding(Severity.Blocking, "src/made-1-0.txt", 1, "It is wrong.", "Mend it.", 0.9));
        var fix = await runner.NextAsync(JobKind.Implement);
        Assert.Equal((1, first), (fix.Round, fix.Start));
        Assert.Contains("It is wrong. Mend it.", fix.Brief, StringComparison.Ordinal);
        await runner.ImplementAsync(fix);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);

        var item = await bot.ItemAsync(issue);
        Assert.Equal(ItemState.Ready, item.State);
        var reviews = await bot.ListAsync($"/pulls/{item.Pull!.Value.Value}/reviews");
        Assert.Equal(["CHANGES_REQUESTED", "APPROVED"], reviews.Select(r => r.Text("state")));
        Assert.Equal([first.Value, item.Head!.Value.Value], reviews.Select(r => r.Text("commit_id")));
    }

    [Fact]
    public async Task What_is_still_wrong_after_two_fix_rounds_is_parked_with_its_pull_request_open()
    {
        var (issue, order) = await WorkingAsync();
        for (var round = 0; round < 3; round++)
        {
            await runner.ImplementAsync(round == 0 ? order : await runner.NextAsync(JobKind.Implement));
            await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), false, new Finding(Severity.Blocking, null, null, "Still wrong.", "", 0.9));
        }

        var item = await bot.ItemAsync(issue);
        Assert.Equal((ItemState.Parked, "The reviewer still asks for changes after 2 fix rounds."), (item.State, item.Outcome));
        Assert.Equal(["agent:needs-human"], await bot.LabelsAsync(issue));
        Assert.Contains("**Parked.**", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        var pull = await bot.PullAsync(item.Pull!.Value);
        Assert.True(pull["draft"]!.GetValue<bool>());
        Assert.Equal("open", pull.Text("state"));
    }

    [Fact]
    public async Task A_parked_item_whose_pull_request_a_person_merges_is_merged()
    {
        var (issue, order) = await WorkingAsync();
        await runner.ImplementAsync(order);
        await runner.FailAsync(await runner.NextAsync(JobKind.Review), FailureClass.Login, "It asks to log in.");
        var item = await bot.ItemAsync(issue);
        Assert.Equal(ItemState.Parked, item.State);
        await MergeDraftAsync(item.Pull!.Value);

        Assert.Equal(ItemState.Merged, (await bot.ItemAsync(issue)).State);
    }

    private async Task<(int Issue, JobOrder Order)> WorkingAsync()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        return (issue, await runner.NextAsync(JobKind.Implement));
    }

    private async Task<int> ReadyAsync()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        Assert.Equal(ItemState.Ready, (await bot.ItemAsync(issue)).State);
        return issue;
    }

    /// <summary>Cancelled, with the reason, and nothing of it comes back however long one waits.</summary>
    private async Task IsOverAsync(int issue, string outcome, int pulls = 1)
    {
        await bot.SettleAsync();
        var item = await bot.ItemAsync(issue);
        Assert.Equal(ItemState.Cancelled, item.State);
        Assert.Contains(outcome, item.Outcome, StringComparison.Ordinal);
        Assert.DoesNotContain(await bot.LabelsAsync(issue), l => l.StartsWith("agent:", StringComparison.Ordinal));
        await bot.RestAsync();
        Assert.Equal(pulls, (await bot.ListAsync("/pulls?state=all")).Count);
        Assert.Equal((1, 0), (await bot.CountAsync("items"), await bot.CountAsync("jobs", "state IN ('queued', 'leased')")));
    }

    private async Task IsStoppedAsync(JobOrder order)
    {
        var (_, renewed) = await runner.SendAsync(RunnerApi.Renew(order.Job), new EpochRequest(order.Epoch));
        Assert.True(WireJson.Read<RenewAnswer>(renewed).Stop);
        Assert.Equal(409, (await runner.SendAsync(RunnerApi.Push(order.Job), new PushRequest(order.Epoch, order.Start, Evidence.None, new GateVerdict([]), null, null))).Status);
        Assert.Equal(409, await runner.FailAsync(order));
    }

    // GitHub merges no draft: a person takes the mark off first.
    private async Task MergeDraftAsync(PullNumber pull)
    {
        var node = (await bot.PullAsync(pull)).Text("node_id");
        var query = "mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { pullRequest { isDraft } } }";
        var marked = await Answer.AskAsync(bot.Hub, HttpMethod.Post, "/graphql", await bot.TokenAsync("ann"), new { query, variables = new { id = node } });
        Assert.Null(marked.Json?["errors"]);
        await bot.MergeAsync(pull);
        await bot.SettleAsync();
    }

    private Task RulesAsync(int drop) => Answer.AskAsync(bot.Hub, HttpMethod.Post, "/_sim/deliveries/rules", null, new { drop, duplicate = 0 });

    private async Task RedeliverAsync(string name, string action = "closed")
    {
        var sent = (await bot.DeliveriesAsync()).Last(d => d!.Text("event") == name && d!["action"]?.GetValue<string>() == action)!;
        await Answer.AskAsync(bot.Hub, HttpMethod.Post, $"/_sim/deliveries/{sent.Text("guid")}/redeliver", null, null);
        await bot.SettleAsync();
    }
}
