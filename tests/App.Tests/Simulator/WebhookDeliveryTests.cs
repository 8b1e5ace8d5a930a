using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Muster.App.Tests.Simulator;

/// <summary>What an App hears, in which order, and how it is signed.</summary>
public sealed class WebhookDeliveryTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task A_delivery_is_signed_and_carries_githubs_headers()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync("é \"quoted\"\n--version");
        var arrived = (await HeardAsync(toy)).Single(a => a.Event == "issues");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(SimulatorFixture.Secret), arrived.Bytes);
        Assert.Equal("sha256=" + Convert.ToHexStringLower(signature), arrived.Headers["X-Hub-Signature-256"]);
        Assert.True(Guid.TryParse(arrived.Headers["X-GitHub-Delivery"], out _));
        Assert.StartsWith("GitHub-Hookshot/", arrived.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Equal($"{SimulatorFixture.Author}", arrived.Headers["X-GitHub-Hook-Installation-Target-ID"]);
        Assert.Equal("integration", arrived.Headers["X-GitHub-Hook-Installation-Target-Type"]);
        Assert.True(arrived.Headers.ContainsKey("X-GitHub-Hook-ID"));
        Assert.Equal("application/json", arrived.Headers["Content-Type"]);
        Assert.Equal("é \"quoted\"\n--version", arrived.Body["issue"]!["title"]!.GetValue<string>());
        Assert.Equal(toy.Installation(), arrived.Body["installation"]!["id"]!.GetValue<long>());
        Assert.Equal(toy.Id, arrived.Body["repository"]!["id"]!.GetValue<long>());
        Assert.Equal("acme", arrived.Body["organization"]!["login"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_app_hears_of_its_own_acts_too()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        await toy.PostAsync("/issues/1/comments", await toy.AppTokenAsync(), new { body = "by the bot" });
        var heard = (await HeardAsync(toy)).Single(a => a.Event == "issue_comment");
        Assert.Equal(("muster[bot]", "Bot"), (heard.Body["sender"]!["login"]!.GetValue<string>(), heard.Body["sender"]!["type"]!.GetValue<string>()));
        Assert.Equal("muster", heard.Body["comment"]!["performed_via_github_app"]!["slug"]!.GetValue<string>());
    }

    [Fact]
    public async Task Everything_is_told_in_the_order_it_happened()
    {
        var toy = await github.RepositoryAsync();
        var (ann, author, judge) = (github.Token("ann"), await toy.AppTokenAsync(), await toy.AppTokenAsync(SimulatorFixture.Judge));
        var head = await toy.WithBranchAsync();
        await toy.IssueAsync();
        await toy.PostAsync("/issues/1/labels", ann, new { labels = new[] { "agent:go" } });
        await toy.DeleteAsync("/issues/1/labels/agent:go", ann);
        await toy.PatchAsync("/issues/1", ann, new { title = "Renamed" });
        var comment = (await toy.PostAsync("/issues/1/comments", ann, new { body = "a" }))["id"];
        await toy.PatchAsync($"/issues/comments/{comment}", ann, new { body = "b" });
        await toy.DeleteAsync($"/issues/comments/{comment}", ann);
        var pull = await toy.PullAsync(author, body: "resolves #1", draft: true);
        var review = await toy.PostAsync("/pulls/2/reviews", judge, new { @event = "REQUEST_CHANGES", body = "No.", commit_id = head });
        await toy.PutAsync($"/pulls/2/reviews/{review["id"]}/dismissals", judge, new { message = "ok" });
        await toy.PostAsync("/check-runs", judge, new { name = "c", head_sha = head, conclusion = "success" });
        await github.PostAsync("/graphql", author, new
        {
            query = $"mutation {{ markPullRequestReadyForReview(input: {{pullRequestId: \"{pull.Text("node_id")}\"}}) {{ clientMutationId }} }}",
        });
        await toy.PutAsync("/pulls/2/merge", ann, new { });
        await toy.DeleteAsync("/git/refs/heads/work/1", ann);

        Assert.Equal(
            [
                "create", "push", "create", "push", "issues.opened", "issues.labeled", "issues.unlabeled", "issues.edited",
                "issue_comment.created", "issue_comment.edited", "issue_comment.deleted", "pull_request.opened",
                "pull_request_review.submitted", "pull_request_review.dismissed", "check_run.created", "check_run.completed",
                "pull_request.ready_for_review", "pull_request.closed", "issues.closed", "push", "delete", "push",
            ],
            (await HeardAsync(toy)).Select(a => a.Name));
    }

    [Fact]
    public async Task A_push_says_whether_it_created_moved_forced_or_deleted()
    {
        var toy = await github.RepositoryAsync();
        await toy.WithBranchAsync();
        await toy.PullAsync(github.Token("ann"));
        var forced = await toy.PushAsync("work/1", "lines.txt", "rewritten", "origin/main");
        await toy.DeleteAsync("/git/refs/heads/work/1", github.Token("ann"));
        var heard = await HeardAsync(toy);
        Assert.Equal(
            ["True False False", "True False False", "False False True", "False True False"],
            heard.Where(a => a.Event == "push").Select(a => $"{Flag(a, "created")} {Flag(a, "deleted")} {Flag(a, "forced")}"));
        var moved = heard.Single(a => a.Name == "pull_request.synchronize").Body;
        Assert.Equal(forced, moved["after"]!.GetValue<string>());
        Assert.Equal(forced, moved["pull_request"]!["head"]!["sha"]!.GetValue<string>());
        Assert.Null(heard.Last(a => a.Event == "push").Body["head_commit"]);
    }

    [Fact]
    public async Task Review_states_are_in_lower_case()
    {
        var toy = await github.RepositoryAsync();
        var head = await toy.WithBranchAsync();
        await toy.PullAsync(github.Token("ann"));
        await toy.PostAsync("/pulls/1/reviews", github.Token("wes"), new { @event = "APPROVE", commit_id = head });
        var heard = (await HeardAsync(toy)).Single(a => a.Event == "pull_request_review");
        Assert.Equal("approved", heard.Body["review"]!["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_slow_receiver_slows_no_call()
    {
        var toy = await github.RepositoryAsync();
        await github.SettleAsync();
        github.Sink.Hold();
        for (var n = 0; n < 10; n++)
            await toy.IssueAsync();
        var idle = await github.GetAsync("/_sim/idle");
        Assert.Equal((false, 10), (idle["idle"].GetValue<bool>(), idle["pendingDeliveries"].GetValue<int>()));
        github.Sink.Release();
        Assert.Equal(10, (await HeardAsync(toy)).Count(a => a.Name == "issues.opened"));
    }

    [Fact]
    public async Task A_redelivery_keeps_its_guid_by_control_and_by_api()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        await github.SettleAsync();
        var sent = (await github.GetAsync("/app/hook/deliveries?per_page=1", github.Jwt())).Items().Single();
        Assert.Equal(("issues", 202), (sent["event"]!.GetValue<string>(), sent["status_code"]!.GetValue<int>()));
        Assert.Equal(202, (await github.PostAsync($"/app/hook/deliveries/{sent["id"]}/attempts", github.Jwt(), null)).Status);
        Assert.Equal(202, (await github.ControlAsync($"/deliveries/{sent["guid"]}/redeliver", new { })).Status);
        var guids = (await HeardAsync(toy)).Select(a => a.Headers["X-GitHub-Delivery"]).ToList();
        Assert.Equal(3, guids.Count);
        Assert.Single(guids.Distinct());
        Assert.Equal(404, (await github.PostAsync($"/app/hook/deliveries/{sent["id"]}/attempts", github.Jwt(SimulatorFixture.Judge), null)).Status);
    }

    [Fact]
    public async Task By_rule_deliveries_get_lost_or_arrive_twice()
    {
        var toy = await github.RepositoryAsync();
        await github.SettleAsync();
        await github.ControlAsync("/deliveries/rules", new { drop = 1 });
        await toy.IssueAsync();
        await github.ControlAsync("/deliveries/rules", new { duplicate = 1 });
        await toy.IssueAsync();
        Assert.Equal([2, 2], (await HeardAsync(toy)).Select(a => a.Body["issue"]!["number"]!.GetValue<int>()));
        var log = (await github.GetAsync("/_sim/deliveries?after=0")).Items().Where(d => d["repositoryId"]?.GetValue<long>() == toy.Id).ToList();
        Assert.Equal([502, 202, 202], log.Select(d => d["status"]!.GetValue<int>()));
        Assert.True(log[0]["dropped"]!.GetValue<bool>());
    }

    private static bool Flag(Arrived arrived, string name) => arrived.Body[name]!.GetValue<bool>();

    private async Task<IReadOnlyList<Arrived>> HeardAsync(Toy toy)
    {
        await github.SettleAsync();
        return [.. github.Sink.Arrivals.Where(a => a.Body["repository"] is JsonNode r && r["id"]!.GetValue<long>() == toy.Id)];
    }
}
