using Microsoft.AspNetCore.Http;
using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Tests.GitHub;

/// <summary>What GitHub may answer, and what we conclude from it.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private static readonly IssueNumber Twelve = new(12);
    private StubGitHub stub = null!;
    private AppUnderTest app = null!;

    public async Task InitializeAsync()
    {
        stub = await StubGitHub.StartAsync();
        app = await stub.StartAppAsync();
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await stub.DisposeAsync();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Not_there_is_an_answer(int status) => Assert.IsType<Answer<Issue>.NotFound>(await AskAsync(status));

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(304)]
    public async Task Trouble_at_github_s_is_no_answer(int status) => Assert.IsType<Answer<Issue>.Unknown>(await AskAsync(status));

    [Theory]
    [InlineData("")]
    [InlineData("<html>Unicorn!</html>")]
    [InlineData("null")]
    [InlineData("""{"id":1,"number":12""")]
    [InlineData("""{"id":1,"number":"twelve"}""")]
    public async Task Nonsense_is_no_answer(string body) => Assert.IsType<Answer<Issue>.Unknown>(await AskAsync(200, body));

    [Fact]
    public async Task A_refusal_carries_github_s_words()
    {
        var refused = Assert.IsType<Answer<Issue>.Refused>(await AskAsync(
            422, """{"message":"Validation Failed","errors":["first",{"resource":"Issue","field":"title","code":"missing"},{"message":"third"}]}"""));

        Assert.Equal((422, "Validation Failed: first; Issue title missing; third"), (refused.Status, refused.Message));
    }

    [Fact]
    public async Task A_missing_permission_is_a_refusal() =>
        Assert.IsType<Answer<Issue>.Refused>(await AskAsync(403, """{"message":"Resource not accessible by integration"}"""));

    [Fact]
    public async Task A_used_up_limit_is_no_answer_until_it_is_renewed()
    {
        var unknown = Assert.IsType<Answer<Issue>.Unknown>(await AskAsync(
            403, "{}", ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{app.Time.GetUtcNow().AddMinutes(7).ToUnixTimeSeconds()}")));

        Assert.Equal(app.Time.GetUtcNow().AddMinutes(7), unknown.RetryAt);
    }

    [Fact]
    public async Task A_secondary_limit_is_no_answer_for_as_long_as_it_says()
    {
        var unknown = Assert.IsType<Answer<Issue>.Unknown>(await AskAsync(429, "{}", ("Retry-After", "90")));

        Assert.Equal(app.Time.GetUtcNow().AddSeconds(90), unknown.RetryAt);
    }

    [Fact]
    public async Task A_secondary_limit_that_names_no_time_is_given_a_minute()
    {
        var unknown = Assert.IsType<Answer<Issue>.Unknown>(await AskAsync(
            403, """{"message":"slow down","documentation_url":"https://docs.github.com/rest/rate-limits-for-the-rest-api#secondary"}"""));

        Assert.Equal(app.Time.GetUtcNow().AddMinutes(1), unknown.RetryAt);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_no_answer()
    {
        stub.Answers = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };

        Assert.IsType<Answer<Issue>.Unknown>(await GetAsync());
    }

    [Fact]
    public async Task A_server_that_is_away_is_no_answer()
    {
        await GetAsync();
        await stub.DisposeAsync();

        Assert.IsType<Answer<Issue>.Unknown>(await GetAsync());
    }

    [Fact]
    public async Task Who_stops_waiting_gets_no_answer_at_all()
    {
        using var stop = new CancellationTokenSource();
        stub.Answers = async http =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Get<IssuesApi>().GetAsync(StubGitHub.Repo, Twelve, stop.Token));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        stub.Answers = http =>
        {
            var fresh = http.Request.Headers.Authorization == "Bearer t2";
            http.Response.StatusCode = fresh ? 200 : 401;
            return http.Response.WriteAsync(fresh ? """{"id":1,"number":12}""" : """{"message":"Bad credentials"}""");
        };

        Assert.IsType<Answer<Issue>.Ok>(await GetAsync());
        Assert.Equal((2, 2), (stub.Minted, stub.Asked.Count));
    }

    [Fact]
    public async Task Credentials_that_stay_refused_say_nothing_about_the_issue()
    {
        Assert.IsType<Answer<Issue>.Unknown>(await AskAsync(401, """{"message":"Bad credentials"}"""));
        Assert.Equal(2, stub.Asked.Count);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_repository_that_moved_is_followed_with_verb_body_and_token(int status)
    {
        string? body = null, token = null;
        stub.Answers = async http =>
        {
            if (http.Request.Path.StartsWithSegments("/repos"))
            {
                http.Response.StatusCode = status;
                http.Response.Headers.Location = $"{stub.Url}/repositories/77/issues/12/comments";
                return;
            }

            body = await new StreamReader(http.Request.Body).ReadToEndAsync();
            token = http.Request.Headers.Authorization;
            await http.Response.WriteAsync("""{"id":4}""");
        };

        Assert.IsType<Answer<Comment>.Ok>(await app.Get<CommentsApi>().CreateAsync(StubGitHub.Repo, Twelve, "hello", default));
        Assert.Equal(("""{"body":"hello"}""", "Bearer t1"), (body, token));
        Assert.Equal("POST /repositories/77/issues/12/comments", stub.Asked[^1]);
    }

    [Fact]
    public async Task A_token_never_follows_to_another_host()
    {
        await using var stranger = await StubGitHub.StartAsync();
        stub.Answers = http =>
        {
            http.Response.StatusCode = 301;
            http.Response.Headers.Location = $"{stranger.Url}/repos/acme/shop/issues/12";
            return Task.CompletedTask;
        };

        Assert.IsType<Answer<Issue>.Unknown>(await GetAsync());
        Assert.Empty(stranger.Asked);
    }

    [Fact]
    public async Task A_list_is_followed_as_github_links_it_and_never_to_another_host()
    {
        await using var stranger = await StubGitHub.StartAsync();
        var next = $"<{stub.Url}/somewhere/else?after=abc>; rel=\"next\", <{stub.Url}/x>; rel=\"last\"";
        stub.Answers = http =>
        {
            http.Response.Headers.Link = next;
            next = $"<{stranger.Url}/on>; rel=\"next\"";
            return http.Response.WriteAsync("""[{"id":1}]""");
        };

        Assert.IsType<Answer<IReadOnlyList<Comment>>.Unknown>(await app.Get<CommentsApi>().ListAsync(StubGitHub.Repo, Twelve, null, default));
        Assert.Equal("GET /somewhere/else?after=abc", stub.Asked[^1]);
        Assert.Empty(stranger.Asked);
    }

    [Fact]
    public async Task Half_a_list_is_no_answer()
    {
        stub.Answers = http =>
        {
            http.Response.StatusCode = http.Request.Path.Value == "/2" ? 502 : 200;
            http.Response.Headers.Link = $"<{stub.Url}/2>; rel=\"next\"";
            return http.Response.WriteAsync("""[{"id":1}]""");
        };

        Assert.IsType<Answer<IReadOnlyList<Comment>>.Unknown>(await app.Get<CommentsApi>().ListAsync(StubGitHub.Repo, Twelve, null, default));
    }

    [Fact]
    public async Task A_list_that_is_read_back_to_a_moment_may_be_longer_than_one_that_is_read_whole()
    {
        var page = 0;
        stub.Answers = http =>
        {
            http.Response.Headers.Link = $"<{stub.Url}/{++page}>; rel=\"next\"";
            return http.Response.WriteAsync($$"""[{"id":{{1000 - page}}}]""");
        };
        Task<Answer<IReadOnlyList<HookDelivery>>> ListAsync(Func<HookDelivery, bool>? last) => app.Get<GitHubClient>().ListAsync(
            new Caller.Inside(GitHubIdentity.Author, StubGitHub.Repo, Act.Read), "/0", GitHubJson.Default.IReadOnlyListHookDelivery, all => all, default, last);

        Assert.IsType<Answer<IReadOnlyList<HookDelivery>>.Unknown>(await ListAsync(null));
        page = 0;
        Assert.Equal(150, Assert.IsType<Answer<IReadOnlyList<HookDelivery>>.Ok>(await ListAsync(d => d.Id <= 850)).Value.Count);
    }

    [Fact]
    public async Task A_request_says_who_it_is_and_which_version_it_speaks()
    {
        IHeaderDictionary headers = null!;
        stub.Answers = http =>
        {
            headers = new HeaderDictionary(http.Request.Headers.ToDictionary());
            return Task.CompletedTask;
        };
        await GetAsync();

        Assert.Equal(
            ("muster", "2022-11-28", "application/vnd.github+json"),
            (headers.UserAgent.ToString(), headers["X-GitHub-Api-Version"].ToString(), headers.Accept.ToString()));
    }

    [Theory]
    [InlineData("""{"data":{"markPullRequestReadyForReview":{"pullRequest":{"isDraft":false}}}}""", typeof(Answer<Done>.Ok))]
    [InlineData("""{"data":null,"errors":[{"type":"NOT_FOUND","message":"no"}]}""", typeof(Answer<Done>.NotFound))]
    [InlineData("""{"data":null,"errors":[{"type":"FORBIDDEN","message":"no"}]}""", typeof(Answer<Done>.Refused))]
    [InlineData("""{"data":null,"errors":[{"type":"RATE_LIMITED","message":"no"}]}""", typeof(Answer<Done>.Unknown))]
    [InlineData("""{"errors":[{"message":"Something went wrong"}]}""", typeof(Answer<Done>.Unknown))]
    public async Task Graphql_answers_in_its_errors(string body, Type expected)
    {
        stub.Answers = http => http.Response.WriteAsync(body);

        Assert.IsType(expected, await app.Get<GraphQl>().MarkReadyAsync(StubGitHub.Repo, "PR_1", default));
        Assert.Equal("POST /graphql", stub.Asked[^1]);
    }

    private async Task<Answer<Issue>> AskAsync(int status, string body = "{}", params (string Name, string Value)[] headers)
    {
        stub.Answers = http =>
        {
            http.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                http.Response.Headers[name] = value;
            return status == 304 ? Task.CompletedTask : http.Response.WriteAsync(body);
        };
        return await GetAsync();
    }

    private Task<Answer<Issue>> GetAsync() => app.Get<IssuesApi>().GetAsync(StubGitHub.Repo, Twelve, default);
}
