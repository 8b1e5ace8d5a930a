using Dapper;
using Microsoft.AspNetCore.Http;
using Muster.App.GitHub;
using Muster.App.GitHub.Budget;
using Muster.Core;

namespace Muster.App.Tests.GitHub;

/// <summary>The app keeps what GitHub asks of an installation, whatever runs in it and however often it starts.</summary>
public sealed class GovernorTests : IAsyncLifetime, IDisposable
{
    private static readonly IssueNumber Twelve = new(12);
    private readonly ManualTime time = new();
    private readonly TemporaryFolder folder = new();
    private StubGitHub stub = null!;
    private AppUnderTest app = null!;

    public async Task InitializeAsync()
    {
        stub = await StubGitHub.StartAsync();
        app = await StartAsync();
        Answer(200);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await stub.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(429)]
    [InlineData(403)]
    public async Task After_a_refusal_nobody_asks_anything_until_the_time_it_named(int status)
    {
        Answer(status, ("Retry-After", "90"));
        await ReadAsync();
        Answer(200);
        time.Advance(TimeSpan.FromSeconds(89));

        var unknown = Assert.IsType<Answer<Issue>.Unknown>(await ReadAsync());
        Assert.IsType<Answer<InstallationToken>.Unknown>(await app.Get<InstallationTokens>().MintAsync(GitHubIdentity.Author, StubGitHub.Repo, Act.Push, default));
        Assert.Equal((1, time.GetUtcNow().AddSeconds(1)), (stub.Asked.Count, unknown.RetryAt));
        Assert.Equal(1, stub.Minted);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Answer<Issue>.Ok>(await ReadAsync());
    }

    [Fact]
    public async Task The_last_request_of_an_hour_is_answered_and_the_next_waits_for_the_new_hour()
    {
        Answer(200, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{time.GetUtcNow().AddMinutes(20).ToUnixTimeSeconds()}"));

        Assert.IsType<Answer<Issue>.Ok>(await ReadAsync());
        Answer(200);
        Assert.Equal(time.GetUtcNow().AddMinutes(20), Assert.IsType<Answer<Issue>.Unknown>(await ReadAsync()).RetryAt);
        time.Advance(TimeSpan.FromMinutes(20));
        Assert.IsType<Answer<Issue>.Ok>(await ReadAsync());
    }

    [Fact]
    public async Task A_refusal_that_names_no_time_is_given_a_minute_then_two_and_a_good_answer_forgives_it()
    {
        const string Secondary = """{"documentation_url":"https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"}""";
        async Task<TimeSpan> RefusedAsync()
        {
            Answer(403, Secondary);
            var silence = Assert.IsType<Answer<Issue>.Unknown>(await ReadAsync()).RetryAt!.Value - time.GetUtcNow();
            time.Advance(silence);
            return silence;
        }

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)], [await RefusedAsync(), await RefusedAsync(), await RefusedAsync()]);
        Answer(200);
        Assert.IsType<Answer<Issue>.Ok>(await ReadAsync());
        Assert.Equal(TimeSpan.FromMinutes(1), await RefusedAsync());
    }

    [Fact]
    public async Task A_restart_forgets_neither_the_silence_nor_what_was_written()
    {
        await SpeakAsync();
        Answer(429, ("Retry-After", "120"));
        await ReadAsync();
        Answer(200);
        await app.DisposeAsync();
        app = await StartAsync();

        Assert.IsType<Answer<Issue>.Unknown>(await ReadAsync());
        Assert.Equal(2, stub.Asked.Count);
        Assert.Equal(1, await app.Store.ReadAsync(db => BudgetRows.Read(db, Payer.Of(5)).ContentSince(time.GetUtcNow().AddMinutes(-1)), default));
    }

    [Fact]
    public async Task Two_programs_on_one_store_share_one_budget()
    {
        await using var second = await StartAsync();
        await SpeakAsync();

        var other = second.Get<CommentsApi>().CreateAsync(StubGitHub.Repo, Twelve, "two", default);
        while (stub.Asked.Count < 2)
        {
            Assert.False(other.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.IsType<Answer<Comment>.Ok>(await other);
        Assert.True(time.GetUtcNow() - ManualTime.Begin >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Points_that_are_used_up_come_back_and_whoever_reads_waits_for_them()
    {
        var now = time.GetUtcNow();
        await app.Store.WriteAsync(db => BudgetRows.Spend(db, Payer.Of(5), new CallCost(595, Content: false), now), default);

        Assert.IsType<Answer<Issue>.Unknown>(await app.Get<IssuesApi>().GetAsync(StubGitHub.Repo, Twelve, CancelSoon()).WaitAsync(TimeSpan.FromSeconds(20)).ContinueWith(
            done => done.IsCanceled ? new Answer<Issue>.Unknown("still waiting") : done.Result, TaskScheduler.Default));
        Assert.Empty(stub.Asked);
        var free = await app.Get<Governor>().FreeAtAsync(Payer.Of(5), CallCost.ContentWrite, Urgency.Verdict, default);
        Assert.Equal(now, free);
    }

    [Fact]
    public async Task Windows_that_are_over_leave_nothing_behind()
    {
        await SpeakAsync();
        await ReadAsync();
        time.Advance(TimeSpan.FromHours(2));
        await ReadAsync();

        // What is left is this moment's: a token, and what was asked with it.
        Assert.Equal(2, await app.Store.ReadAsync(db => db.ExecuteScalar<long>("SELECT count(*) FROM github_spent WHERE payer = 'installation 5'"), default));
    }

    [Fact]
    public async Task A_clock_that_was_set_back_stops_nobody_for_longer_than_a_window()
    {
        await SpeakAsync();
        time.Advance(TimeSpan.FromDays(-3));
        var back = time.GetUtcNow();
        for (var looks = 0; looks < 100 && await FreeAsync() is var free && free > time.GetUtcNow(); looks++)
            time.Advance(free - time.GetUtcNow());

        Assert.Equal(back + BudgetLimits.OfGitHub.Spacing, time.GetUtcNow());
        await SpeakAsync();
    }

    [Fact]
    public async Task A_clock_that_was_set_back_lengthens_no_silence_beyond_the_longest()
    {
        Answer(429, ("Retry-After", "90"));
        await ReadAsync();
        Answer(200);
        time.Advance(TimeSpan.FromDays(-30));

        Assert.Equal(time.GetUtcNow().AddDays(1), await FreeAsync());
        time.Advance(TimeSpan.FromDays(1));
        Assert.IsType<Answer<Issue>.Ok>(await ReadAsync());
    }

    [Fact]
    public async Task Whoever_brings_a_verdict_waits_behind_nobody_who_needs_the_same_token()
    {
        var now = time.GetUtcNow();
        await app.Store.WriteAsync(db => BudgetRows.Spend(db, Payer.Of(5), new CallCost(598, Content: false), now), default);
        var reading = ReadAsync();
        await Errand.RunAsync(Urgency.Verdict, async () => Assert.IsType<Answer<Issue>.Ok>(await ReadAsync().WaitAsync(TimeSpan.FromSeconds(10))));

        Assert.False(reading.IsCompleted);
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.IsType<Answer<Issue>.Ok>(await reading);
    }

    [Fact]
    public async Task A_token_ends_by_the_clock_of_github()
    {
        await ReadAsync();
        Assert.True(app.Get<GitHubClock>().Learn(time.GetUtcNow().AddMinutes(51)));
        await ReadAsync();

        Assert.Equal(2, stub.Minted);
    }

    [Fact]
    public async Task A_limit_that_only_the_body_of_graphql_tells_silences_everybody()
    {
        Answer(200, """{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}""", ("Retry-After", "90"));
        var told = Assert.IsType<Answer<Done>.Unknown>(await app.Get<GraphQl>().MarkReadyAsync(StubGitHub.Repo, "PR_1", default));
        Answer(200);

        Assert.Equal(time.GetUtcNow().AddSeconds(90), told.RetryAt);
        Assert.Equal(told.RetryAt, Assert.IsType<Answer<Issue>.Unknown>(await ReadAsync()).RetryAt);
        Assert.Single(stub.Asked);
    }

    [Fact]
    public async Task The_last_request_that_graphql_gives_an_hour_stops_nobody_else()
    {
        Answer(200, ("X-RateLimit-Resource", "graphql"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{time.GetUtcNow().AddMinutes(20).ToUnixTimeSeconds()}"));
        await app.Get<GraphQl>().MarkReadyAsync(StubGitHub.Repo, "PR_1", default);
        Answer(200);

        Assert.IsType<Answer<Issue>.Ok>(await ReadAsync());
    }

    private static CancellationToken CancelSoon() => new CancellationTokenSource(TimeSpan.FromMilliseconds(500)).Token;

    private Task<AppUnderTest> StartAsync() => AppUnderTest.StartAsync(
        time, BudgetLimits.OfGitHub, ("GitHub:ApiUrl", stub.Url), ("GitHub:ServerUrl", stub.Url), ("Storage", $"sqlite:{folder["shared.db"]}"));

    private Task<DateTimeOffset> FreeAsync() => app.Get<Governor>().FreeAtAsync(Payer.Of(5), CallCost.ContentWrite, Urgency.Progress, default);

    private Task<Answer<Issue>> ReadAsync() => app.Get<IssuesApi>().GetAsync(StubGitHub.Repo, Twelve, default);

    private async Task SpeakAsync() => Assert.IsType<Answer<Comment>.Ok>(await app.Get<CommentsApi>().CreateAsync(StubGitHub.Repo, Twelve, "one", default));

    private void Answer(int status, params (string Name, string Value)[] headers) => Answer(status, """{"id":1,"number":12}""", headers);

    private void Answer(int status, string body, params (string Name, string Value)[] headers) => stub.Answers = http =>
    {
        http.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.WriteAsync(body);
    };
}
