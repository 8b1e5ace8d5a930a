namespace Muster.App.Tests.Simulator;

/// <summary>Every fault that can be planned: what it does to the answer, and what it leaves done.</summary>
public sealed class FaultPlanTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Theory]
    [InlineData("fail-before", 500, 0)]
    [InlineData("fail-before", 503, 0)]
    [InlineData("fail-after", 502, 1)]
    public async Task A_failure_comes_before_or_after_the_act(string kind, int status, int done)
    {
        var toy = await github.RepositoryAsync();
        await PlanAsync(toy, new { kind, method = "POST", path = toy.Path + "/issues", times = 1, status });
        var answer = await toy.PostAsync("/issues", github.Token("ann"), new { title = "a" });
        Assert.Equal((status, done), (answer.Status, await CountAsync(toy)));
        var line = (await github.JournalAsync()).Last(l => l["path"]!.GetValue<string>() == toy.Path + "/issues" && l["method"]!.GetValue<string>() == "POST");
        Assert.Equal((kind, done == 1 ? 201 : null), (line["fault"]!.GetValue<string>(), line["effect"]?.GetValue<int>()));
        Assert.Equal(1, await toy.IssueAsync() - done);
    }

    [Theory]
    [InlineData("cut-before", 0)]
    [InlineData("cut", 1)]
    public async Task A_cut_leaves_no_answer_and_the_act_done_or_not(string kind, int done)
    {
        var toy = await github.RepositoryAsync();
        await PlanAsync(toy, new { kind, method = "POST", path = toy.Path + "/issues", calls = new[] { 1 } });
        await Assert.ThrowsAsync<HttpRequestException>(() => toy.PostAsync("/issues", github.Token("ann"), new { title = "a" }));
        Assert.Equal(done, await CountAsync(toy));
        await github.SettleAsync();
        var line = (await github.JournalAsync()).Last(l => l["fault"] is not null);
        Assert.Equal((kind, 499), (line["fault"]!.GetValue<string>(), line["status"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("cut-before", false)]
    [InlineData("cut", true)]
    [InlineData("fail-after", true)]
    public async Task A_push_is_cut_before_or_after_it_is_stored(string kind, bool stored)
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        await PlanAsync(toy, new { kind, path = $"/acme/{toy.Name}.git/git-receive-pack" });
        using var work = await toy.CloneAsync("ann");
        Assert.NotEqual(0, await work.TryAsync("push", "origin", "HEAD:refs/heads/muster/1/1"));
        Assert.Equal(stored, await toy.Bare.TryAsync("rev-parse", "-q", "--verify", "refs/heads/muster/1/1") == 0);
    }

    [Fact]
    public async Task A_slow_request_waits_for_the_clock_or_until_it_is_let_go()
    {
        var toy = await github.RepositoryAsync();
        var slow = await PlanAsync(toy, new { kind = "slow", path = toy.Path, delay = 30 });
        var first = toy.GetAsync("", github.Token("ann"));
        await WaitingAsync(slow);
        Assert.False(first.IsCompleted);
        github.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, (await first).Status);

        await RemoveAsync(slow);
        var held = await PlanAsync(toy, new { kind = "slow-after", method = "POST", path = toy.Path + "/issues" });
        var second = toy.PostAsync("/issues", github.Token("ann"), new { title = "a" });
        await WaitingAsync(held);
        Assert.Equal(1, await CountAsync(toy));
        Assert.Equal(204, (await github.ControlAsync($"/faults/release?id={held}", new { })).Status);
        Assert.Equal((201, "a"), ((await second).Status, (await second).Text("title")));
    }

    [Fact]
    public async Task A_stale_list_says_what_it_said_for_so_many_reads()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        await toy.PostAsync("/issues/1/comments", github.Token("ann"), new { body = "before" });
        Assert.Single((await toy.GetAsync("/issues/1/comments", github.Token("ann"))).Items());
        await PlanAsync(toy, new { kind = "stale", method = "GET", path = toy.Path + "/issues/1/comments", times = 2 });
        var made = await toy.PostAsync("/issues/1/comments", github.Token("ann"), new { body = "after" });

        Assert.Single((await toy.GetAsync("/issues/1/comments", github.Token("ann"))).Items());
        // Nobody read it with this query yet: shown without what is newer.
        Assert.Equal("before", Assert.Single((await toy.GetAsync("/issues/1/comments?per_page=100", github.Token("ann"))).Items())["body"]!.GetValue<string>());
        Assert.Equal(2, (await toy.GetAsync("/issues/1/comments", github.Token("ann"))).Items().Count);
        Assert.Equal(200, (await toy.GetAsync($"/issues/comments/{made["id"]}", github.Token("ann"))).Status);
    }

    [Fact]
    public async Task A_stale_list_forgets_labels_too_and_ends_with_its_time()
    {
        var toy = await github.RepositoryAsync();
        await toy.IssueAsync();
        Assert.Empty((await toy.GetAsync("/issues?labels=agent:go", github.Token("ann"))).Items());
        await PlanAsync(toy, new { kind = "stale", path = toy.Path + "/issues", seconds = 60 });
        await toy.PostAsync("/issues/1/labels", github.Token("ann"), new { labels = new[] { "agent:go" } });
        Assert.Empty((await toy.GetAsync("/issues?labels=agent:go", github.Token("ann"))).Items());
        github.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Single((await toy.GetAsync("/issues?labels=agent:go", github.Token("ann"))).Items());
    }

    [Theory]
    [InlineData(403, 5, null)]
    [InlineData(429, 5, null)]
    [InlineData(403, null, null)]
    [InlineData(403, null, 10)]
    public async Task A_planned_limit_holds_until_it_is_over(int status, int? retryAfter, int? reset)
    {
        var toy = await github.RepositoryAsync(owner: $"org{Guid.NewGuid():n}"[..16]);
        var token = await toy.AppTokenAsync();
        var ends = github.Clock.GetUtcNow().AddSeconds(reset ?? retryAfter ?? 60);
        await PlanAsync(toy, new { kind = "limit", path = toy.Path + "/issues", times = 1, status, retryAfter, reset });
        var refused = await toy.GetAsync("/issues", token);
        Assert.Equal(status, refused.Status);
        Assert.Contains("rate limit", refused.Message, StringComparison.Ordinal);
        Assert.Equal(retryAfter is null ? null : $"{retryAfter}", refused.Headers.TryGetValues("Retry-After", out var after) ? after.Single() : null);
        Assert.Equal(reset is null ? "4999" : "0", refused.Headers.GetValues("X-RateLimit-Remaining").Single());
        if (reset is not null)
            Assert.Equal($"{ends.ToUnixTimeSeconds()}", refused.Headers.GetValues("X-RateLimit-Reset").Single());

        Assert.Equal(status, (await toy.GetAsync("/issues", token)).Status);
        Assert.Equal(1, LimitTests.Use(await github.GetAsync("/_sim/limits"), toy)["violations"]!["early"]!.GetValue<int>());
        github.Clock.Advance(ends - github.Clock.GetUtcNow());
        Assert.Equal(200, (await toy.GetAsync("/issues", token)).Status);
    }

    [Fact]
    public async Task Which_requests_are_met_is_said_by_number_by_actor_by_body_and_by_luck()
    {
        var toy = await github.RepositoryAsync();
        var token = await toy.AppTokenAsync();
        await PlanAsync(toy, new { kind = "fail-before", path = toy.Path + "/issues", every = 3 });
        Assert.Equal("200 200 502 200 200 502", await StatusesAsync(6, () => toy.GetAsync("/issues", token)));
        await ClearAsync();
        await PlanAsync(toy, new { kind = "fail-before", path = "/repos/*/*/issues", actor = "muster[bot]" });
        Assert.Equal("200", await StatusesAsync(1, () => toy.GetAsync("/issues", github.Token("ann"))));
        Assert.Equal("502", await StatusesAsync(1, () => toy.GetAsync("/issues", token)));
        await ClearAsync();
        await PlanAsync(toy, new { kind = "fail-before", method = "POST|PATCH", path = toy.Path + "/**", body = "an unlucky" });
        Assert.Equal(201, (await toy.PostAsync("/issues", token, new { title = "a lucky one" })).Status);
        Assert.Equal(502, (await toy.PostAsync("/issues", token, new { title = "an unlucky one" })).Status);
        await ClearAsync();
        var lots = new { kind = "fail-before", path = toy.Path + "/issues", chance = 0.3, seed = 7 };
        await PlanAsync(toy, lots);
        var once = await StatusesAsync(40, () => toy.GetAsync("/issues", github.Token("ann")));
        await ClearAsync();
        await PlanAsync(toy, lots);
        Assert.Equal(once, await StatusesAsync(40, () => toy.GetAsync("/issues", github.Token("ann"))));
        Assert.InRange(once.Split(' ').Count(s => s == "502"), 6, 20);
        await ClearAsync();
    }

    [Theory]
    [InlineData("""{"kind":"fire"}""")]
    [InlineData("""{"kind":"slow","chance":2}""")]
    [InlineData("""{"kind":"limit","status":500}""")]
    [InlineData("""{"kind":"cut","tiems":1}""")]
    [InlineData("""{"path":"/x"}""")]
    [InlineData("[{]")]
    public async Task A_rule_that_cannot_be_used_is_refused(string rule) =>
        Assert.Equal(422, (await github.ControlAsync("/faults", rule)).Status);

    private async Task<int> PlanAsync(Toy toy, object rule)
    {
        var made = await github.ControlAsync("/faults", rule);
        Assert.True(made.Status == 201, $"{toy.Name}: {made.Raw}");
        return made.Items("ids").Single().GetValue<int>();
    }

    private Task<Answer> ClearAsync() => Answer.AskAsync(github.Client, HttpMethod.Delete, "/_sim/faults", null, null);

    private Task<Answer> RemoveAsync(int id) => Answer.AskAsync(github.Client, HttpMethod.Delete, $"/_sim/faults/{id}", null, null);

    private async Task WaitingAsync(int id)
    {
        while ((await github.GetAsync("/_sim/faults")).Items().Single(f => f["id"]!.GetValue<int>() == id)["waiting"]!.GetValue<int>() == 0)
            await Task.Yield();
    }

    private async Task<int> CountAsync(Toy toy) => (await toy.GetAsync("/issues?state=all", github.Token("ann"))).Items().Count;

    private static async Task<string> StatusesAsync(int count, Func<Task<Answer>> ask)
    {
        var statuses = new List<int>();
        for (var n = 0; n < count; n++)
            statuses.Add((await ask()).Status);
        return string.Join(' ', statuses);
    }
}
