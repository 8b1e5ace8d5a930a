using System.Text.Json.Nodes;
using Muster.Demo.Stories;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>Without a second App GitHub would refuse the author's own approval: the verdict is a comment and a check run.</summary>
public sealed class OneAppTests
{
    private static readonly Task<Ending> Night = Played.AsyncOf("night", twoApps: false);

    [Fact]
    public async Task Every_review_is_a_comment_by_the_one_App()
    {
        var ending = await Night;
        var reviews = ending.Reviews.Values.SelectMany(r => r).ToList();

        Assert.Equal(6, reviews.Count);
        Assert.All(reviews, r => Assert.Equal(("COMMENTED", ending.AuthorLogin), (r["state"]!.GetValue<string>(), r["user"]!["login"]!.GetValue<string>())));
    }

    [Fact]
    public async Task Every_reviewed_head_has_one_check_run_and_the_sent_back_one_a_failure()
    {
        var ending = await Night;
        var checks = ending.Journal.Where(l => l.Made && l.Path.EndsWith("/check-runs", StringComparison.Ordinal)).Select(l => l.Json!).ToList();

        Assert.Equal(6, checks.Count);
        Assert.All(checks, c => Assert.Equal("muster/verdict", Text(c, "name")));
        Assert.Equal(6, checks.Select(c => Text(c, "head_sha")).Distinct().Count());
        Assert.Equal(Text(ending.ReviewsOf("f")[0], "commit_id"), Text(Assert.Single(checks, c => Text(c, "conclusion") == "failure"), "head_sha"));
        Assert.Equal(5, checks.Count(c => Text(c, "conclusion") == "success"));
    }

    [Fact]
    public async Task Nobody_asks_GitHub_to_approve_its_own_pull_request()
    {
        var ending = await Night;

        Assert.DoesNotContain(ending.Journal, l => l.Path.EndsWith("/reviews", StringComparison.Ordinal) && l.Status == 422);
    }

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();
}
