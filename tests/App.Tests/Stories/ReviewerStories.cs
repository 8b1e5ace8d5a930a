using System.Text.Json.Nodes;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>In whose name a verdict is posted, and what becomes of the one before it.</summary>
public sealed class ReviewerStories
{
    [Fact]
    public async Task Two_Apps_request_changes_and_approve_and_the_approval_takes_the_place_of_the_request()
    {
        await using var bot = await Bot.StartAsync();
        using var runner = await FakeRunner.EnrolAsync(bot);
        var item = await SentBackAsync(bot, runner);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);

        var reviews = await ReviewsAsync(bot, item);
        Assert.Equal([("muster-review[bot]", "CHANGES_REQUESTED"), ("muster-review[bot]", "APPROVED")], reviews.Select(Shown));
        Assert.Equal(ItemState.Ready, (await bot.ItemAsync(item.Issue.Value)).State);
    }

    [Fact]
    public async Task A_verdict_that_is_only_a_comment_takes_an_older_request_for_changes_back()
    {
        await using var bot = await Bot.StartAsync();
        using var runner = await FakeRunner.EnrolAsync(bot);
        var item = await SentBackAsync(bot, runner);
        await runner.FailAsync(await runner.NextAsync(JobKind.Review), FailureClass.Login, "It asks to log in.");

        Assert.Equal([("muster-review[bot]", "DISMISSED"), ("muster-review[bot]", "COMMENTED")], (await ReviewsAsync(bot, item)).Select(Shown));
        Assert.Equal(ItemState.Parked, (await bot.ItemAsync(item.Issue.Value)).State);
    }

    [Fact]
    public async Task One_App_comments_and_the_check_carries_the_verdict()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Reviewer = false });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var item = await ApprovedAsync(bot, runner);

        var review = Assert.Single(await ReviewsAsync(bot, item));
        Assert.Equal(("muster[bot]", "COMMENTED"), Shown(review));
        Assert.DoesNotContain("not installed", review.Text("body"), StringComparison.Ordinal);
        Assert.Equal(["success"], await ConclusionsAsync(bot, item));
        await NoRefusalAsync(bot);
    }

    [Fact]
    public async Task A_reviewer_that_is_not_installed_here_is_like_one_App_and_said()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { ReviewerInstalled = false });
        using var runner = await FakeRunner.EnrolAsync(bot);
        var item = await ApprovedAsync(bot, runner);

        var review = Assert.Single(await ReviewsAsync(bot, item));
        Assert.Equal(("muster[bot]", "COMMENTED"), Shown(review));
        Assert.Contains("not installed in this repository", review.Text("body"), StringComparison.Ordinal);
        Assert.Equal(["success"], await ConclusionsAsync(bot, item));
        await NoRefusalAsync(bot);
    }

    [Fact]
    public async Task What_GitHub_refuses_as_an_approval_is_posted_as_a_comment()
    {
        await using var bot = await Bot.StartAsync();
        using var runner = await FakeRunner.EnrolAsync(bot);
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        var refused = 0;
        bot.Fault.Answer(async request =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/reviews", StringComparison.Ordinal) && request.Content is { } content
                && (await content.ReadAsStringAsync()).Contains("\"APPROVE\"", StringComparison.Ordinal))
            {
                refused++;
                return new JsonObject { ["message"] = "Unprocessable Entity", ["errors"] = new JsonArray("Can not approve your own pull request") };
            }

            return null;
        });
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);

        var item = await bot.ItemAsync(issue);
        Assert.Equal((1, ItemState.Ready), (refused, item.State));
        Assert.Equal(("muster-review[bot]", "COMMENTED"), Shown(Assert.Single(await ReviewsAsync(bot, item))));
        Assert.Equal(["success"], await ConclusionsAsync(bot, item));
    }

    private static async Task<Item> ApprovedAsync(Bot bot, FakeRunner runner)
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        return await bot.ItemAsync(issue);
    }

    private static async Task<Item> SentBackAsync(Bot bot, FakeRunner runner)
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), false, new Finding(Severity.Blocking, null, null, "It is wrong.", "Mend it.", 0.9));
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        return await bot.ItemAsync(issue);
    }

    private static async Task<IReadOnlyList<JsonNode>> ReviewsAsync(Bot bot, Item item) => await bot.ListAsync($"/pulls/{item.Pull!.Value.Value}/reviews");

    private static (string By, string State) Shown(JsonNode review) => (review["user"]!.Text("login"), review.Text("state"));

    private static async Task<IEnumerable<string>> ConclusionsAsync(Bot bot, Item item) =>
        (await bot.AsAsync("ann", HttpMethod.Get, $"/commits/{item.Head!.Value.Value}/check-runs"))["check_runs"]!.AsArray().Select(c => c!.Text("conclusion"));

    private static async Task NoRefusalAsync(Bot bot) => Assert.DoesNotContain(await bot.WritesAsync(), w => w.EndsWith(" 422", StringComparison.Ordinal));
}
