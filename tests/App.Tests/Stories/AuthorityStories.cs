using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>Who may start work, by which means, and what text it starts with.</summary>
public sealed class AuthorityStories : IAsyncLifetime
{
    private static readonly string[] Shown = ["> /dispatch", "```\n/dispatch\n```", "    /dispatch", "`/dispatch`", "Try /dispatch here", "<!-- \n/dispatch\n-->", "# /dispatch"];

    private Bot bot = null!;

    public async Task InitializeAsync() => bot = await Bot.StartAsync();

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Theory]
    [InlineData("ann")]
    [InlineData("wes")]
    public async Task Whoever_may_write_may_start_work_by_comment_or_by_label(string login)
    {
        var (said, labelled) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.SayAsync(said, "/dispatch", login);
        await bot.LabelAsync(labelled, by: login);
        await bot.SettleAsync();

        Assert.Equal([login, login], [(await bot.ItemAsync(said)).Snapshot.TriggeredBy, (await bot.ItemAsync(labelled)).Snapshot.TriggeredBy]);
        Assert.Empty(await bot.LabelsAsync(labelled));
    }

    [Theory]
    [InlineData("rea")]
    [InlineData("tess")]
    public async Task Whoever_may_not_is_told_once_a_person_issue_and_hour(string login)
    {
        var (issue, other) = (await bot.IssueAsync(), await bot.IssueAsync());
        foreach (var command in new[] { "/dispatch", "/dispatch all", "/dispatch cancel", "/dispatch pause", "/muster help" })
            await bot.TellAsync(issue, command, login);
        await bot.TellAsync(other, "/dispatch", login);

        var refusal = Assert.Single(await bot.HeardAsync(issue));
        Assert.StartsWith($"`{login}`, a command needs write access", refusal, StringComparison.Ordinal);
        Assert.Single(await bot.HeardAsync(other));
        Assert.Equal((0, 0, 0), (await bot.CountAsync("items"), await bot.CountAsync("waves"), await bot.CountAsync("holds")));

        bot.Time.Advance(TimeSpan.FromHours(1));
        await bot.TellAsync(issue, "/dispatch", login);
        Assert.Equal(2, (await bot.HeardAsync(issue)).Count);
    }

    [Fact]
    public async Task A_label_put_on_by_somebody_who_only_triages_is_refused_politely()
    {
        var issue = await bot.IssueAsync();
        await bot.LabelAsync(issue, by: "tess");
        await bot.SettleAsync();

        Assert.Equal(0, await bot.CountAsync("items"));
        Assert.StartsWith("`tess`, starting work with a label needs write access", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_that_is_opened_with_the_label_starts_if_its_author_may_write()
    {
        var issue = await bot.IssueAsync(by: "wes", labels: "agent:go");
        await bot.SettleAsync();

        Assert.Equal(ItemState.Proposed, (await bot.ItemAsync(issue)).State);
    }

    [Fact]
    public async Task A_command_that_is_shown_and_not_said_does_nothing_at_all()
    {
        var issue = await bot.IssueAsync();
        await LeavesNoTraceAsync(async () =>
        {
            foreach (var text in Shown)
                await bot.TellAsync(issue, text);
        });
    }

    [Fact]
    public async Task A_machine_does_not_command_whatever_rights_it_has()
    {
        var issue = await bot.IssueAsync();
        await LeavesNoTraceAsync(async () =>
        {
            await bot.TellAsync(issue, "/dispatch", "robo[bot]");
            await bot.LabelAsync(issue, by: "robo[bot]");
            await bot.SettleAsync();
        });
    }

    [Fact]
    public async Task A_command_edited_into_a_comment_later_does_nothing()
    {
        var issue = await bot.IssueAsync();
        var comment = await bot.SayAsync(issue, "Looks good.");
        await LeavesNoTraceAsync(async () =>
        {
            await bot.AsAsync("ann", HttpMethod.Patch, $"/issues/comments/{comment}", new { body = "/dispatch" });
            await bot.SettleAsync();
        });
    }

    [Fact]
    public async Task A_label_on_a_pull_request_starts_nothing()
    {
        var pull = await bot.OpenPullAsync("wes/thing", "Some work.");
        await LeavesNoTraceAsync(async () =>
        {
            await bot.LabelAsync(pull.Value);
            await bot.SettleAsync();
        });
    }

    [Fact]
    public async Task Dispatch_on_somebody_s_pull_request_is_answered_and_starts_nothing()
    {
        var pull = await bot.OpenPullAsync("wes/thing", "Some work.");
        await bot.TellAsync(pull.Value, "/dispatch");
        await bot.TellAsync(pull.Value, "/dispatch retry");

        Assert.Equal(0, await bot.CountAsync("items"));
        Assert.All(await bot.HeardAsync(pull.Value), said => Assert.Contains("is a pull request", said, StringComparison.Ordinal));
        Assert.Equal(2, (await bot.HeardAsync(pull.Value)).Count);
    }

    [Fact]
    public async Task Dispatch_on_a_closed_issue_is_answered_and_starts_nothing()
    {
        var issue = await bot.IssueAsync();
        await bot.CloseAsync(issue);
        await bot.TellAsync(issue, "/dispatch");

        Assert.Equal(0, await bot.CountAsync("items"));
        Assert.Contains("#1 is closed", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_right_cannot_be_asked_nothing_changes_until_it_can()
    {
        var (said, labelled) = (await bot.IssueAsync(), await bot.IssueAsync());
        var state = await bot.StateAsync();
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.EndsWith("/permission", StringComparison.Ordinal));
        await bot.SayAsync(said, "/dispatch");
        await bot.LabelAsync(labelled);
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "state = 'new' AND attempts > 0") == 2, "both were put off");
        Assert.Equal(state, await bot.StateAsync());
        Assert.Empty(await bot.WritesAsync());

        bot.Fault.Off();
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.SettleAsync();
        Assert.Equal([ItemState.Proposed, ItemState.Proposed], [(await bot.ItemAsync(said)).State, (await bot.ItemAsync(labelled)).State]);
    }

    [Fact]
    public async Task A_label_taken_off_before_anybody_looked_starts_nothing()
    {
        var issue = await bot.IssueAsync();
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.EndsWith("/permission", StringComparison.Ordinal));
        await bot.LabelAsync(issue);
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "state = 'new' AND attempts > 0") == 1, "it was put off");
        await bot.UnlabelAsync(issue, "agent:go");
        bot.Fault.Off();
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.SettleAsync();

        Assert.Equal(0, await bot.CountAsync("items"));
        Assert.Empty(await bot.WritesAsync());
    }

    [Fact]
    public async Task A_label_taken_off_before_it_was_consumed_cancels()
    {
        var issue = await bot.IssueAsync();
        bot.Fault.On(request => request.Method == HttpMethod.Delete);
        await bot.LabelAsync(issue);
        await bot.UntilAsync(async () => await bot.CountAsync("items") == 1 && bot.Fault.Met > 0, "the item stands and its label is still on");
        await bot.UnlabelAsync(issue, "agent:go", "wes");
        await bot.UntilAsync(async () => await bot.CountAsync("items", "live = 1") == 0, "it is cancelled");
        bot.Fault.Off();
        await bot.GatherAsync();

        Assert.Equal((ItemState.Cancelled, "wes took the state label off, which means stop."), ((await bot.ItemAsync(issue)).State, (await bot.ItemAsync(issue)).Outcome));
        Assert.Equal(0, await bot.CountAsync("jobs"));
    }

    [Fact]
    public async Task A_label_on_an_issue_at_work_is_answered_once_and_changes_nothing()
    {
        var issue = await bot.IssueAsync();
        using var runner = await FakeRunner.EnrolAsync(bot);
        await bot.StartAsync(issue);
        for (var time = 0; time < 2; time++)
        {
            await bot.LabelAsync(issue);
            await bot.SettleAsync();
            bot.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Equal((1, 1), (await bot.CountAsync("items"), await bot.CountAsync("jobs")));
        Assert.Equal("#1 is already implementing, so this changes nothing.", Assert.Single(await bot.HeardAsync(issue)).Split(" `/dispatch")[0]);
        Assert.Equal(["agent:running"], await bot.LabelsAsync(issue));
    }

    [Fact]
    public async Task The_agent_reads_what_stood_there_when_a_writer_asked_and_nothing_that_came_later()
    {
        using var runner = await FakeRunner.EnrolAsync(bot);
        var issue = await bot.IssueAsync("The title then", "The body then.");
        await bot.SayAsync(issue, "A writer's remark.", "wes");
        await bot.SayAsync(issue, "A stranger's remark.", "rea");
        var changed = await bot.SayAsync(issue, "Harmless.", "wes");
        await bot.TellAsync(issue, "A machine's remark.", "robo[bot]");
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.LabelAsync(issue);
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        await bot.AsAsync("ann", HttpMethod.Patch, $"/issues/{issue}", new { title = "The title now", body = "The body now." });
        await bot.AsAsync("wes", HttpMethod.Patch, $"/issues/comments/{changed}", new { body = "Changed after the label." });
        await bot.SayAsync(issue, "Too late.", "wes");
        await bot.GatherAsync();

        var order = await runner.NextAsync(JobKind.Implement);
        Assert.Contains("The title then", order.Brief, StringComparison.Ordinal);
        Assert.Contains("The body then.", order.Brief, StringComparison.Ordinal);
        Assert.Contains("A writer's remark.", order.Brief, StringComparison.Ordinal);
        Assert.All(
            new[] { " now", "stranger", "machine", "Changed", "Too late" },
            text => Assert.DoesNotContain(text, order.Brief[order.Brief.IndexOf("=====", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    /// <summary>No row and no act: as if it had not happened.</summary>
    private async Task LeavesNoTraceAsync(Func<Task> act)
    {
        await bot.SettleAsync();
        var state = await bot.StateAsync();
        await act();

        Assert.Equal(state, await bot.StateAsync());
        Assert.Empty(await bot.WritesAsync());
    }
}
