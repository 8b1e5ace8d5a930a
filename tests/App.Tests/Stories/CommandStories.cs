using Muster.Core.Commands;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>Every command, said on an issue by somebody who may write.</summary>
public sealed class CommandStories : IAsyncLifetime
{
    private static readonly (string Command, string Answer)[] Questions =
    [
        ("/dispatch help", "| Command | What it does |"),
        ("/muster help", "| Command | What it does |"),
        ("/dispatch stauts", "did you mean `/dispatch status`?"),
        ("/dispatch --model x", "`--model` is no command"),
        ("/dispatch why", "`/dispatch why` comes later"),
        ("/dispatch steer look at @ann", "`/dispatch steer` comes later"),
        ("/dispatch freeze", "`/dispatch freeze` comes later"),
        ("/dispatch grade A", "`/dispatch grade` comes later"),
        ("/dispatch resume", "Nothing was paused"),
    ];

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
    public async Task Dispatch_starts_the_issue_and_is_heard_with_eyes()
    {
        var issue = await bot.IssueAsync();
        var comment = await bot.SayAsync(issue, "/dispatch");
        await bot.GatherAsync();

        Assert.Equal(ItemState.Implementing, (await bot.ItemAsync(issue)).State);
        Assert.Equal("eyes", Assert.Single(await bot.ListAsync($"/issues/comments/{comment}/reactions")).Text("content"));
        Assert.Single(await bot.StatusAsync(issue));
    }

    [Fact]
    public async Task Dispatch_all_starts_every_clean_issue_at_once()
    {
        var clean = new[] { await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/b/**]") };
        var wrong = await bot.ContractAsync("scope: [../x]");
        await bot.TellAsync(clean[0], "/dispatch all");

        Assert.Equal([ItemState.Implementing, ItemState.Implementing], [(await bot.ItemAsync(clean[0])).State, (await bot.ItemAsync(clean[1])).State]);
        Assert.Equal(2, await bot.CountAsync("items"));
        Assert.Equal("Started #1, #2.", (await bot.HeardAsync(clean[0]))[0].Split('\n')[0]);
        Assert.Empty(await bot.HeardAsync(wrong));
    }

    [Fact]
    public async Task Dispatch_all_takes_only_what_carries_the_label_and_no_more_than_the_policy_lets()
    {
        await bot.CommitAsync("main", [(".github/muster.yml", "max_wave: 2\n")], from: "main");
        for (var i = 0; i < 3; i++)
            await bot.IssueAsync($"Night {i}", "", "ann", "night");
        var plain = await bot.IssueAsync("By day");
        await bot.TellAsync(plain, "/dispatch all label:dusk");
        await bot.TellAsync(plain, "/dispatch all label:night");

        Assert.Equal(2, await bot.CountAsync("items"));
        var said = await bot.HeardAsync(plain);
        Assert.Contains("No open issue with the label `dusk` could be started", said[0], StringComparison.Ordinal);
        Assert.Contains("Started #1, #2. 1 more are over the policy's `max_wave`", said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_shows_and_starts_nothing()
    {
        var issue = await bot.ContractAsync("scope: [src/a/**]");
        await bot.SettleAsync();
        var state = (await bot.StateAsync()).Replace("outbox 0, events 0", "outbox 2, events 2", StringComparison.Ordinal);
        var writes = (await bot.WritesAsync()).Count;
        await bot.TellAsync(issue, "/dispatch plan");

        Assert.Equal(state, await bot.StateAsync());
        Assert.Equal(2, (await bot.WritesAsync()).Count - writes);
        Assert.Contains("| #1 | runs |", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_shows_the_fix_of_a_contract_that_cannot_run()
    {
        var issue = await bot.ContractAsync("scop: [src/a/**]");
        await bot.TellAsync(issue, "/dispatch plan");

        Assert.Contains("scope: [", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        Assert.Equal(0, await bot.CountAsync("items"));
    }

    [Fact]
    public async Task Status_says_where_the_wave_stands()
    {
        var (issue, other) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.TellAsync(issue, "/dispatch status");
        await bot.StartAsync(issue);
        await bot.TellAsync(other, "/dispatch status");

        Assert.Contains("Nothing was dispatched", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        Assert.Contains("| #1 | implementing, attempt 1 |", Assert.Single(await bot.StatusAsync(other)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ItemState.Proposed)]
    [InlineData(ItemState.Waiting)]
    [InlineData(ItemState.Implementing)]
    [InlineData(ItemState.Publishing)]
    [InlineData(ItemState.Judging)]
    [InlineData(ItemState.Fixing)]
    [InlineData(ItemState.Ready)]
    public async Task Cancel_stops_the_work_wherever_it_stands(ItemState state)
    {
        var issue = await bot.IssueAsync();
        await ReachAsync(issue, state);
        Assert.Equal(state, (await bot.ItemAsync(issue)).State);
        await bot.SayAsync(issue, "/dispatch cancel", "wes");
        await bot.UntilAsync(async () => (await bot.ItemAsync(issue)).State != state, "it is cancelled");
        bot.Fault.Off();
        bot.Time.Advance(TimeSpan.FromSeconds(60));
        await bot.GatherAsync();

        var item = await bot.ItemAsync(issue);
        Assert.Equal((ItemState.Cancelled, "Cancelled by wes."), (item.State, item.Outcome));
        Assert.Contains("#1 is cancelled. Its branch `muster/1/1` stays as it is.", (await bot.HeardAsync(issue))[^1], StringComparison.Ordinal);
        Assert.Empty(await bot.LabelsAsync(issue));
        Assert.Equal((1, 0), (await bot.CountAsync("items"), await bot.CountAsync("jobs", "state IN ('queued', 'leased')")));
        Assert.Equal(state >= ItemState.Judging ? 1 : 0, (await bot.ListAsync("/pulls?state=all")).Count);
    }

    [Fact]
    public async Task Cancel_where_nothing_is_at_work_says_so()
    {
        var issue = await bot.IssueAsync();
        await bot.TellAsync(issue, "/dispatch cancel");

        Assert.Contains("Nothing is at work on #1", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_goes_on_with_the_pull_request_of_a_parked_item()
    {
        var issue = await ParkedWithPullAsync();
        var before = await bot.ItemAsync(issue);
        await bot.TellAsync(issue, "/dispatch retry");

        var item = await bot.ItemAsync(issue);
        Assert.Equal((before.Id, before.Pull, ItemState.Judging), (item.Id, item.Pull, item.State));
        Assert.Contains($"#1 goes on with {item.Pull}.", (await bot.HeardAsync(issue))[^1], StringComparison.Ordinal);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);
        Assert.Equal(ItemState.Ready, (await bot.ItemAsync(issue)).State);
        Assert.Single(await bot.ListAsync("/pulls?state=all"));
    }

    [Fact]
    public async Task A_label_on_a_parked_item_goes_on_with_its_pull_request_too()
    {
        var issue = await ParkedWithPullAsync();
        await bot.LabelAsync(issue);
        await bot.SettleAsync();

        Assert.Equal(ItemState.Judging, (await bot.ItemAsync(issue)).State);
        Assert.Equal(["agent:running"], await bot.LabelsAsync(issue));
        Assert.Equal(1, await bot.CountAsync("items"));
    }

    [Fact]
    public async Task Retry_without_a_pull_request_is_a_new_generation_on_a_new_branch()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FailAsync(await runner.NextAsync(), FailureClass.GaveUp, "What is meant?");
        await bot.TellAsync(issue, "/dispatch retry");
        await bot.GatherAsync();

        var order = await runner.NextAsync();
        Assert.Equal(("muster/1/2", 1), (order.Branch, order.Attempt));
        Assert.Equal(2, (await bot.ItemAsync(issue)).Generation);
    }

    [Fact]
    public async Task While_paused_runners_get_nothing_and_what_runs_goes_on()
    {
        var (first, second) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.StartAsync(first, second);
        var running = await runner.NextAsync();
        var rung = (await runner.PollAsync())!;
        await bot.TellAsync(second, "/dispatch pause looking at @ann's bill");

        Assert.Equal(409, (await runner.ClaimAsync(rung)).Status);
        bot.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(await runner.PollAsync());
        await runner.ImplementAsync(running);
        Assert.Equal(ItemState.Judging, (await bot.ItemAsync(first)).State);
        Assert.Contains("**Paused** by ann: looking at `@ann`", (await bot.StatusAsync(first))[0], StringComparison.Ordinal);

        await bot.TellAsync(second, "/dispatch resume");
        Assert.NotNull(await runner.PollAsync());
        Assert.DoesNotContain("**Paused**", (await bot.StatusAsync(first))[0], StringComparison.Ordinal);
        Assert.StartsWith("Resumed", (await bot.HeardAsync(second))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_with_an_end_ends_by_itself()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await bot.TellAsync(issue, "/dispatch pause 1m");
        Assert.Null(await runner.PollAsync());
        bot.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull(await runner.PollAsync());
        Assert.Contains("until 2026-11-20 12:01 UTC", (await bot.HeardAsync(issue))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_only_asked_is_only_answered()
    {
        var issue = await bot.IssueAsync();
        foreach (var (command, answer) in Questions)
        {
            await bot.TellAsync(issue, command);
            Assert.Contains(answer, (await bot.HeardAsync(issue))[^1], StringComparison.Ordinal);
        }

        Assert.Equal(Questions.Length, (await bot.HeardAsync(issue)).Count);
        Assert.Equal((0, 0), (await bot.CountAsync("items"), await bot.CountAsync("waves")));
    }

    [Fact]
    public void Every_command_of_the_table_is_done_or_comes_later() =>
        Assert.Equal(
            ["", "all", "cancel", "help", "pause", "plan", "release", "resume", "retry", "status"],
            CommandTable.Entries.Where(e => e.Works).Select(e => e.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Several_commands_in_one_comment_are_each_done_and_answered()
    {
        var issue = await bot.IssueAsync();
        var comment = await bot.SayAsync(issue, "/dispatch\n\nThen:\n\n/dispatch cancel\n/dispatch help");
        await bot.SettleAsync();

        Assert.Equal(ItemState.Cancelled, (await bot.ItemAsync(issue)).State);
        Assert.Equal(["#1 is cancelled.", "Write a command"], (await bot.HeardAsync(issue)).Select(said => string.Join(' ', said.Split(' ').Take(3))));
        Assert.Single(await bot.ListAsync($"/issues/comments/{comment}/reactions"));
    }

    [Fact]
    public async Task A_command_on_our_pull_request_means_its_issue()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        var pull = (await bot.ItemAsync(issue)).Pull!.Value;
        await bot.TellAsync(pull.Value, "/muster cancel");

        Assert.Equal(ItemState.Cancelled, (await bot.ItemAsync(issue)).State);
        Assert.Contains("#1 is cancelled", Assert.Single(await bot.HeardAsync(pull.Value)), StringComparison.Ordinal);
    }

    private async Task<int> ParkedWithPullAsync()
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync());
        await runner.FailAsync(await runner.NextAsync(JobKind.Review), FailureClass.Login, "It asks to log in.");
        Assert.Equal((ItemState.Parked, true), ((await bot.ItemAsync(issue)).State, (await bot.ItemAsync(issue)).PullOpen));
        return issue;
    }

    private async Task ReachAsync(int issue, ItemState state)
    {
        if (state == ItemState.Waiting)
        {
            runner.Info = runner.Info with { Slots = 0 };
            await bot.Store.WriteAsync(db => { App.Runners.RunnerRegistry.Seen(db, bot.Time.GetUtcNow(), runner.Id, runner.Info); return true; }, default);
        }

        await bot.LabelAsync(issue);
        await bot.SettleAsync();
        if (state == ItemState.Proposed)
            return;
        await bot.GatherAsync();
        if (state is ItemState.Waiting or ItemState.Implementing)
            return;
        var order = await runner.NextAsync();
        var head = await runner.WorkAsync(order);
        await runner.PushAsync(order, head);
        if (state == ItemState.Publishing)
        {
            bot.Fault.On(request => request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith("/pulls", StringComparison.Ordinal));
            Assert.Equal(200, (await runner.SendAsync(RunnerApi.Report(order.Job), new ReportRequest(order.Epoch, FakeRunner.Done(head)))).Status);
            await bot.UntilAsync(() => Task.FromResult(bot.Fault.Met > 0), "the pull request could not be opened");
            return;
        }

        await runner.ReportAsync(order, FakeRunner.Done(head));
        if (state == ItemState.Fixing)
            await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), false, new Finding(Severity.Blocking, null, null, "No.", "", 1));
        else if (state == ItemState.Ready)
            await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), true);
    }
}
