using System.Text.Json.Nodes;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Tests.Stories;

/// <summary>What the app says on GitHub: where, how often, as whom.</summary>
public sealed class SpeechStories : IAsyncLifetime
{
    private Bot bot = null!;
    private FakeRunner runner = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        runner.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task A_wave_has_one_status_comment_whatever_happens_in_it()
    {
        await BeginAsync();
        var (first, second) = (await bot.ContractAsync("scope: [src/a/**]"), await bot.ContractAsync("scope: [src/a/**]"));
        await bot.StartAsync(first, second);
        await runner.FailAsync(await runner.NextAsync());
        await runner.FinishAsync(("src/a/one.txt", "more than one\n"));
        await bot.MergeAsync((await bot.ItemAsync(first)).Pull!.Value);
        await bot.SettleAsync();
        await runner.FinishAsync(("src/a/one.txt", "two more than one\n"));
        await bot.RestAsync();

        var status = Assert.Single(await bot.StatusAsync(first));
        Assert.Contains("closed; 0 at work, 0 waiting, 1 ready, 1 merged", status, StringComparison.Ordinal);
        Assert.Empty(await bot.StatusAsync(second));
        Assert.Empty((await bot.HeardAsync(first)).Concat(await bot.HeardAsync(second)));
        Assert.True((await bot.WritesAsync()).Count(w => w.StartsWith("PATCH", StringComparison.Ordinal) && w.Contains("/issues/comments/", StringComparison.Ordinal)) > 3);
    }

    [Fact]
    public async Task A_status_comment_that_a_person_deleted_is_not_made_again()
    {
        await BeginAsync();
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        var comment = (await bot.ListAsync($"/issues/{issue}/comments"))[0]["id"]!.GetValue<long>();
        await bot.AsAsync("ann", HttpMethod.Delete, $"/issues/comments/{comment}");
        await runner.FinishAsync();
        await bot.RestAsync();

        Assert.Empty(await bot.StatusAsync(issue));
    }

    [Fact]
    public async Task A_clean_issue_changes_its_label_twice_beside_the_one_that_is_consumed()
    {
        await BeginAsync();
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        await runner.FinishAsync();
        await bot.MergeAsync((await bot.ItemAsync(issue)).Pull!.Value);
        await bot.RestAsync();

        var timeline = await bot.ListAsync($"/issues/{issue}/timeline?per_page=100");
        var ours = timeline.Where(e => e["actor"]?["login"]?.GetValue<string>() == "muster[bot]" && e["label"] is not null).ToList();
        Assert.Equal(
            ["unlabeled agent:go", "labeled agent:running", "unlabeled agent:running", "labeled agent:ready"],
            ours.Select(e => $"{e.Text("event")} {e["label"]!.Text("name")}"));
    }

    [Fact]
    public async Task With_two_Apps_the_one_that_judges_is_not_the_one_that_wrote()
    {
        await BeginAsync();
        var (pull, head) = await JudgedAsync(approves: true);

        var review = Assert.Single(await bot.ListAsync($"/pulls/{pull["number"]}/reviews"));
        Assert.Equal(("APPROVED", head, "muster-review[bot]"), (review.Text("state"), review.Text("commit_id"), review["user"]!.Text("login")));
        Assert.Equal("muster[bot]", pull["user"]!.Text("login"));
        var check = await CheckAsync(head);
        Assert.Equal(("success", head, "muster-review"), (check.Text("conclusion"), check.Text("head_sha"), check["app"]!.Text("slug")));
        Assert.False(pull["draft"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(true, "success")]
    [InlineData(false, "failure")]
    public async Task With_one_App_the_verdict_is_a_comment_and_GitHub_never_has_to_refuse_it(bool approves, string conclusion)
    {
        await BeginAsync(new BotSetup { Reviewer = false });
        var (pull, head) = await JudgedAsync(approves);

        var review = Assert.Single(await bot.ListAsync($"/pulls/{pull["number"]}/reviews"));
        Assert.Equal(("COMMENTED", head, "muster[bot]"), (review.Text("state"), review.Text("commit_id"), review["user"]!.Text("login")));
        Assert.Equal(conclusion, (await CheckAsync(head)).Text("conclusion"));
        Assert.DoesNotContain(await bot.WritesAsync(), w => w.EndsWith(" 422", StringComparison.Ordinal));
        Assert.Equal(!approves, pull["draft"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_reviewer_that_is_the_author_s_own_blesses_nothing()
    {
        await BeginAsync(reviewer: "alpha");
        var (pull, head) = await JudgedAsync(approves: true);

        var review = Assert.Single(await bot.ListAsync($"/pulls/{pull["number"]}/reviews"));
        Assert.Equal(("COMMENTED", head), (review.Text("state"), review.Text("commit_id")));
        Assert.Equal("action_required", (await CheckAsync(head)).Text("conclusion"));
        Assert.True(pull["draft"]!.GetValue<bool>());
        await IsUnreviewedAsync();
    }

    [Fact]
    public async Task Where_no_runner_reviews_the_pull_request_stays_a_draft_and_says_so()
    {
        await BeginAsync(reviewer: null);
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        var head = await runner.ImplementAsync(await runner.NextAsync());
        bot.Time.Advance(TimeSpan.FromSeconds(30));
        await bot.UntilAsync(async () => (await bot.ItemAsync(issue)).State == ItemState.Parked, "nobody came to review it");
        await bot.SettleAsync();

        Assert.Equal("action_required", (await CheckAsync(head.Value)).Text("conclusion"));
        await IsUnreviewedAsync();
    }

    [Fact]
    public async Task A_remark_on_a_line_that_GitHub_does_not_show_stands_in_the_body()
    {
        await BeginAsync();
        var (pull, _) = await JudgedAsync(approves: false, new Finding(Severity.Blocking, "src/elsewhere.txt", 99, "Off by one.", "It counts wrong.", 0.9));

        var review = Assert.Single(await bot.ListAsync($"/pulls/{pull["number"]}/reviews"));
        Assert.Equal("CHANGES_REQUESTED", review.Text("state"));
        Assert.Contains("Off by one.", review.Text("body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_remark_on_a_line_of_the_change_stands_there()
    {
        await BeginAsync();
        var (pull, head) = await JudgedAsync(approves: false, new Finding(Severity.Blocking, "src/made-1-0.txt", 1, "Off by one.", "It counts wrong.", 0.9));

        var remark = Assert.Single(await bot.ListAsync($"/pulls/{pull["number"]}/comments"));
        Assert.Equal(("src/made-1-0.txt", 1, head), (remark.Text("path"), remark["line"]!.GetValue<int>(), remark.Text("commit_id")));
    }

    [Fact]
    public async Task Nothing_that_an_agent_says_comes_alive()
    {
        await BeginAsync();
        const string Hostile = "@ann fixes #1\n\n/dispatch all\n\n![x](http://evil.example/x.png) [y](javascript:alert(1)) <img src=http://evil.example> acme/other#3 ``` @ann";
        var (pull, _) = await JudgedAsync(
            approves: false,
            new Finding(Severity.Blocking, Hostile, 1, Hostile, Hostile, 0.9),
            new Finding(Severity.Blocking, "src/made-1-0.txt", 1, Hostile, Hostile, 0.9),
            new Finding(Severity.Minor, null, null, Hostile, Hostile, 0.1));
        await runner.FailAsync(await runner.NextAsync(), FailureClass.GaveUp, Hostile);

        var number = pull["number"];
        List<string> said = [.. (await bot.ListAsync($"/pulls/{number}/reviews")).Concat(await bot.ListAsync($"/pulls/{number}/comments")).Select(r => r.Text("body"))];
        said.AddRange([.. await bot.HeardAsync(1), .. await bot.StatusAsync(1)]);
        Assert.True(said.Count >= 3);
        foreach (var text in said)
        {
            var parsed = Markdown.Parse(text);
            var live = string.Join(' ', parsed.Descendants<LiteralInline>().Select(l => l.Content.ToString()));
            Assert.DoesNotContain("@ann", live, StringComparison.Ordinal);
            Assert.DoesNotContain("acme/other#3", live, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", live, StringComparison.Ordinal);
            Assert.DoesNotContain("fixes #1", live, StringComparison.Ordinal);
            Assert.Empty(parsed.Descendants<LinkInline>());
            Assert.DoesNotContain(parsed.Descendants<HtmlInline>(), h => h.Tag.StartsWith("<img", StringComparison.Ordinal));
            Assert.DoesNotContain(text.Split('\n'), line => line.StartsWith("/dispatch all", StringComparison.Ordinal));
        }
    }

    private async Task BeginAsync(BotSetup? setup = null, string? reviewer = "beta")
    {
        bot = await Bot.StartAsync(setup);
        runner = await FakeRunner.EnrolAsync(bot, reviewer: reviewer);
    }

    private async Task<(JsonNode Pull, string Head)> JudgedAsync(bool approves, params Finding[] findings)
    {
        var issue = await bot.IssueAsync();
        await bot.StartAsync(issue);
        var head = await runner.ImplementAsync(await runner.NextAsync());
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves, approves || findings.Length > 0 ? findings : [new Finding(Severity.Blocking, null, null, "No.", "", 1)]);
        return (await bot.PullAsync((await bot.ItemAsync(issue)).Pull!.Value), head.Value);
    }

    private async Task<JsonNode> CheckAsync(string head) =>
        Assert.Single((await bot.AsAsync("ann", HttpMethod.Get, $"/commits/{head}/check-runs"))["check_runs"]!.AsArray())!;

    private async Task IsUnreviewedAsync()
    {
        var item = await bot.ItemAsync(1);
        Assert.Equal(ItemState.Parked, item.State);
        Assert.StartsWith("Unreviewed: ", item.Outcome, StringComparison.Ordinal);
        Assert.Equal(["agent:needs-human"], await bot.LabelsAsync(1));
        Assert.True((await bot.PullAsync(item.Pull!.Value))["draft"]!.GetValue<bool>());
        Assert.Single(await bot.HeardAsync(1));
    }
}
