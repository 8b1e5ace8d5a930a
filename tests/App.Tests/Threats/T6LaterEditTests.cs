using Muster.App.Tests.Stories;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Threats;

/// <summary>T6, a text that changes between approval and work: no prompt ever holds what nobody approved, and people are told what counts.</summary>
public sealed class T6LaterEditTests : IAsyncLifetime
{
    private const string Smuggled = "SMUGGLED";

    private Bot bot = null!;
    private FakeRunner runner = null!;
    private long remark;

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

    public static TheoryData<string> Stages => ["before the label is looked at", "while the wave gathers", "before a runner claims it", "between two attempts", "before the review", "before the fix"];

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Whenever_the_text_is_changed_the_prompts_hold_what_was_approved(string stage)
    {
        var issue = await ApprovedAsync();
        var briefs = new List<string>();

        await At("before the label is looked at");
        await bot.SettleAsync();
        await At("while the wave gathers");
        await bot.GatherAsync();
        await At("before a runner claims it");
        var first = await OrderAsync(JobKind.Implement);
        await At("between two attempts");
        await runner.FailAsync(first);
        await runner.ImplementAsync(await OrderAsync(JobKind.Implement));
        await At("before the review");
        await runner.ReviewAsync(await OrderAsync(JobKind.Review), approves: false, new Finding(Severity.Blocking, null, null, "No.", "It breaks.", 1));
        await At("before the fix");
        await runner.ImplementAsync(await OrderAsync(JobKind.Implement));
        await runner.ReviewAsync(await OrderAsync(JobKind.Review), approves: true);

        Assert.Equal(5, briefs.Count);
        Assert.All(briefs, brief => Assert.DoesNotContain(Smuggled, brief, StringComparison.Ordinal));
        Assert.All(briefs.Take(2), brief => Assert.Contains("What ann approved.", brief, StringComparison.Ordinal));
        Assert.Equal(ItemState.Ready, (await bot.ItemAsync(issue)).State);
        var pull = await bot.PullAsync((await bot.ItemAsync(issue)).Pull!.Value);
        Assert.DoesNotContain(Smuggled, pull.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("Issue texts as of 2026-11-20 12:00:02 UTC; later edits do not count.", Assert.Single(await bot.StatusAsync(issue)), StringComparison.Ordinal);

        async Task At(string now)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(1));
            if (now == stage)
                await SmuggleAsync(issue);
            bot.Fault.Off();
            bot.Time.Advance(TimeSpan.FromSeconds(4));
        }

        async Task<JobOrder> OrderAsync(JobKind kind)
        {
            var order = await runner.NextAsync(kind);
            briefs.Add(order.Brief);
            return order;
        }
    }

    [Fact]
    public async Task A_text_that_changed_before_the_app_could_fetch_it_is_not_started_and_its_author_is_told()
    {
        var issue = await bot.IssueAsync("Approved", "What ann approved.", by: "rea");
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.EndsWith("/permission", StringComparison.Ordinal));
        var asked = await bot.IssueAsync("A list");
        await bot.SayAsync(asked, "/dispatch all");
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "state = 'new' AND attempts > 0") == 1, "it was put off");
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        await bot.AsAsync("rea", HttpMethod.Patch, $"/issues/{issue}", new { body = Smuggled });
        bot.Fault.Off();
        bot.Time.Advance(TimeSpan.FromSeconds(4));
        await bot.GatherAsync();

        Assert.Equal(0, await bot.CountAsync("items", $"issue = {issue}"));
        Assert.Contains(await bot.HeardAsync(asked), said => said.Contains($"#{issue} was touched after you asked, so it was left out.", StringComparison.Ordinal));
    }

    /// <summary>An issue of a stranger that ann labels, and that the app has not looked at yet.</summary>
    private async Task<int> ApprovedAsync()
    {
        var issue = await bot.IssueAsync("Approved", "What ann approved.", by: "rea");
        remark = await bot.SayAsync(issue, "A remark that counts.", "wes");
        await bot.SettleAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(2));
        bot.Fault.On(request => request.RequestUri!.AbsolutePath.EndsWith("/permission", StringComparison.Ordinal));
        await bot.LabelAsync(issue);
        await bot.UntilAsync(async () => await bot.CountAsync("deliveries", "state = 'new' AND attempts > 0") == 1, "it was put off");
        return issue;
    }

    private async Task SmuggleAsync(int issue)
    {
        await bot.AsAsync("rea", HttpMethod.Patch, $"/issues/{issue}", new { title = $"{Smuggled} title", body = $"{Smuggled} body" });
        await bot.AsAsync("wes", HttpMethod.Patch, $"/issues/comments/{remark}", new { body = $"{Smuggled} remark" });
        await bot.SayAsync(issue, $"{Smuggled} comment", "wes");
    }
}
