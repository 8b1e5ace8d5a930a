using System.Globalization;
using System.Text.Json.Nodes;
using Muster.App.GitHub.Budget;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>What a wave costs of GitHub's limits, and who goes first where they bind.</summary>
public sealed class BudgetStories
{
    [Fact]
    public async Task A_clean_issue_costs_four_content_writes_and_its_wave_no_more_than_a_few()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Settings = [("OpenApi", "true")] });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var issues = new[] { await bot.IssueAsync("One"), await bot.IssueAsync("Two"), await bot.IssueAsync("Three") };
        await bot.StartAsync(issues);
        await FinishAllAsync(runner, issues.Length);
        await bot.RestAsync();

        var writes = await ContentAsync(bot);
        Assert.All(issues, issue => Assert.Equal(ItemState.Ready, bot.ItemAsync(issue).Result.State));
        Assert.Equal(4 * issues.Length, writes.Count(w => !IsOfWave(w.Path)));
        Assert.Equal(issues.Length, writes.Count(w => w.Path.EndsWith("/check-runs", StringComparison.Ordinal)));
        Assert.Single(writes, w => w.Path.EndsWith("/issues", StringComparison.Ordinal));

        var page = await bot.App.GetStringAsync("/");
        Assert.Equal(issues.Length, Count(page, "<td>0</td><td>4</td></tr>"));
        var limits = JsonNode.Parse(await bot.App.GetStringAsync("/api/limits"))!.AsArray();
        Assert.Equal(writes.Count, limits.Sum(budget => budget!["writesLastHour"]!.GetValue<int>()));
        Assert.All(limits, budget => Assert.Contains(budget!["payer"]!.GetValue<string>(), page));
    }

    [Fact]
    public async Task Writes_of_an_installation_are_a_second_apart_and_a_verdict_overtakes_what_only_tells_of_progress()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Reviewer = false, Budget = BudgetLimits.OfGitHub });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var issue = await bot.IssueAsync();
        await bot.LabelAsync(issue);
        await PassAsync(bot, TimeSpan.FromSeconds(15));
        var order = await runner.NextAsync(JobKind.Implement);
        await runner.ImplementAsync(order);
        await PassAsync(bot, TimeSpan.FromSeconds(5));
        var review = await runner.NextAsync(JobKind.Review);
        for (var i = 0; i < 5; i++)
            await bot.SayAsync(issue, "/dispatch status");
        await runner.ReviewAsync(review, approves: true);
        await PassAsync(bot, TimeSpan.FromSeconds(20));

        var writes = await ContentAsync(bot);
        var gaps = writes.Zip(writes.Skip(1), (a, b) => b.At - a.At).ToList();
        Assert.All(gaps, gap => Assert.True(gap >= TimeSpan.FromSeconds(1), $"only {gap} apart"));
        Assert.True(await bot.CountAsync("outbox", "state = 'pending'") == 0);
        var verdict = writes.FindIndex(w => w.Path.EndsWith("/reviews", StringComparison.Ordinal));
        Assert.True(writes.Skip(verdict).Count(w => w.Path.EndsWith($"/issues/{issue}/comments", StringComparison.Ordinal)) >= 4, string.Join('\n', writes));
    }

    [Fact]
    public async Task An_edit_that_waits_for_its_turn_carries_the_newest_text()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Budget = BudgetLimits.OfGitHub });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var issues = Enumerable.Range(1, 6).Select(i => bot.IssueAsync($"Issue {i}").Result).ToArray();
        foreach (var issue in issues)
            await bot.LabelAsync(issue);
        await PassAsync(bot, TimeSpan.FromSeconds(30));

        // Six accepted issues and a plan renewed the wish many times; two texts were worth sending.
        var edits = (await ContentAsync(bot)).Count(w => w.Path.Contains("/comments", StringComparison.Ordinal));
        Assert.InRange(edits, 1, 4);
        Assert.Contains("#6", Assert.Single(await bot.StatusAsync(issues[0])));
    }

    private static async Task FinishAllAsync(FakeRunner runner, int count)
    {
        var orders = new List<JobOrder>();
        for (var i = 0; i < count; i++)
            orders.Add(await runner.NextAsync(JobKind.Implement));
        foreach (var order in orders)
            await runner.ImplementAsync(order);
        for (var i = 0; i < count; i++)
            Assert.Equal(200, await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true));
    }

    /// <summary>Lets time pass in small steps, and everybody do what they can at each.</summary>
    private static async Task PassAsync(Bot bot, TimeSpan span)
    {
        var end = bot.Time.GetUtcNow() + span;
        while (bot.Time.GetUtcNow() < end)
        {
            await bot.SettleAsync();
            bot.Time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }

    private static async Task<List<Written>> ContentAsync(Bot bot) =>
    [
        .. from entry in await bot.JournalAsync()
           where entry["actor"]!["kind"]!.GetValue<string>() == "installation"
           let path = entry["path"]!.GetValue<string>()
           let method = new HttpMethod(entry["method"]!.GetValue<string>())
           where CallCost.Of(method, path).Content
              || (path == "/graphql" && entry["body"]!.GetValue<string>().Contains("mutation", StringComparison.Ordinal))
           select new Written(DateTimeOffset.Parse(entry["at"]!.GetValue<string>(), CultureInfo.InvariantCulture), path),
    ];

    private static bool IsOfWave(string path) => path.EndsWith("/issues", StringComparison.Ordinal) || path.Contains("/comments", StringComparison.Ordinal);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private sealed record Written(DateTimeOffset At, string Path);
}
