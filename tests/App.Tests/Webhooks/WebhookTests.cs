using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dapper;
using Muster.App.Pumps;

namespace Muster.App.Tests.Webhooks;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Labeled =
        """{"action":"labeled","issue":{"number":12},"repository":{"id":77,"full_name":"acme/shop"},"installation":{"id":5},"sender":{"login":"ann","id":3,"type":"User"}}""";

    private const string OldSecret = "the secret before this one";
    private AppUnderTest app = null!;

    public async Task InitializeAsync() => app = await AppUnderTest.StartAsync(("GitHub:WebhookSecretPrevious", OldSecret));

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_delivery_is_stored_whole_before_it_is_acknowledged()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Labeled, "d-1"));

        var stored = await app.Store.ReadAsync(c => c.QuerySingle<Stored>("SELECT * FROM deliveries"), default);
        // Its state is the intake's, which may have looked at it already.
        Assert.Equal(new Stored("d-1", "issues", "labeled", 77, 5, "ann", stored.State), stored with { Payload = null });
        Assert.Equal(Labeled, Encoding.UTF8.GetString(stored.Payload!));
    }

    [Fact]
    public async Task A_delivery_that_comes_twice_has_one_effect()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Labeled, "d-1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Labeled, "d-1"));

        Assert.Equal(1, await StoredAsync());
    }

    [Fact]
    public async Task The_intake_is_woken_by_what_is_stored_and_by_nothing_else()
    {
        var beat = app.Get<Pulse>().Next;
        await PostAsync("{}", "d-0", "star");
        Assert.False(beat.IsCompleted);

        await PostAsync(Labeled, "d-1");
        await beat.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_secret_before_this_one_is_still_good() =>
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Labeled, "d-1", secret: OldSecret));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=00")]
    [InlineData("sha256=zz0f00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha1=0000000000000000000000000000000000000000")]
    public async Task Without_a_signature_that_fits_nothing_is_taken(string? signature) =>
        await IsRefusedAsync(HttpStatusCode.Unauthorized, Request(Labeled, signature));

    [Fact]
    public async Task A_signature_with_another_secret_is_refused() =>
        await IsRefusedAsync(HttpStatusCode.Unauthorized, Signed(Labeled, secret: "somebody else's secret"));

    [Fact]
    public async Task A_body_altered_on_its_way_is_refused() =>
        await IsRefusedAsync(
            HttpStatusCode.Unauthorized,
            Request(Labeled.Replace("12", "13", StringComparison.Ordinal), AppUnderTest.Sign(Encoding.UTF8.GetBytes(Labeled))));

    [Fact]
    public async Task A_stranger_s_bad_json_is_refused_for_its_signature_because_nobody_parsed_it() =>
        await IsRefusedAsync(HttpStatusCode.Unauthorized, Request("{", "sha256=00"));

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"action":"labeled","issue":{"number":12""")]
    [InlineData("""{"action":"labeled"}{"action":"labeled"}""")]
    [InlineData("""{"action":1}""")]
    [InlineData("""{"repository":{"id":"77"}}""")]
    public async Task What_is_no_payload_is_refused_although_it_is_signed(string body) =>
        await IsRefusedAsync(HttpStatusCode.BadRequest, Signed(body));

    [Theory]
    [InlineData("X-GitHub-Delivery")]
    [InlineData("X-GitHub-Event")]
    public async Task A_delivery_says_which_it_is_and_of_what(string header)
    {
        var request = Signed(Labeled);
        request.Headers.Remove(header);

        await IsRefusedAsync(HttpStatusCode.BadRequest, request);
    }

    [Fact]
    public async Task An_unknown_event_is_acknowledged_and_dropped()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("""{"action":"started"}""", "d-1", "star"));
        Assert.Equal(0, await StoredAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_json_is_taken(string type)
    {
        var request = Signed(Labeled);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type);

        await IsRefusedAsync(HttpStatusCode.UnsupportedMediaType, request);
    }

    [Fact]
    public async Task A_body_announced_too_large_is_refused_before_a_byte_of_it_is_read()
    {
        var request = Request("", "sha256=00");
        request.Content = new ByteArrayContent(new byte[(25 * 1024 * 1024) + 1]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = true;

        await IsRefusedAsync(HttpStatusCode.RequestEntityTooLarge, request);
    }

    [Fact]
    public async Task A_body_of_unannounced_size_is_cut_at_the_cap()
    {
        var request = Request("", "sha256=00");
        request.Content = new StreamContent(new MemoryStream(new byte[(25 * 1024 * 1024) + 1]));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = true;

        await IsRefusedAsync(HttpStatusCode.RequestEntityTooLarge, request);
    }

    [Fact]
    public async Task A_large_body_within_the_cap_is_taken()
    {
        var body = Labeled.Replace("ann", new string('x', 3_000_000), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(body, "d-1"));
        Assert.Equal(body.Length, await app.Store.ReadAsync(c => c.ExecuteScalar<long>("SELECT length(payload) FROM deliveries"), default));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Only_posts_are_taken(string method)
    {
        using var answer = await app.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/webhooks/github"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged()
    {
        await app.Store.WriteAsync(
            c => c.Execute("CREATE TRIGGER full BEFORE INSERT ON deliveries BEGIN SELECT RAISE(FAIL, 'disk full'); END"), default);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(Labeled, "d-1"));

        await app.Store.WriteAsync(c => c.Execute("DROP TRIGGER full"), default);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(Labeled, "d-1"));
    }

    [Fact]
    public async Task A_flood_is_stored_to_the_last_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(number => PostAsync(Labeled, $"d-{number}")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer));
        Assert.Equal(400, await StoredAsync());
    }

    [Fact]
    public async Task It_says_that_it_is_well() => Assert.Equal("ok", await app.Http.GetStringAsync("/healthz"));

    private async Task IsRefusedAsync(HttpStatusCode expected, HttpRequestMessage request)
    {
        using var answer = await app.Http.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(0, await StoredAsync());
    }

    private async Task<HttpStatusCode> PostAsync(string body, string id, string name = "issues", string secret = AppUnderTest.WebhookSecret)
    {
        using var answer = await app.Http.SendAsync(Signed(body, id, name, secret));
        return answer.StatusCode;
    }

    private static HttpRequestMessage Signed(
        string body, string id = "d-1", string name = "issues", string secret = AppUnderTest.WebhookSecret) =>
        Request(body, AppUnderTest.Sign(Encoding.UTF8.GetBytes(body), secret), id, name);

    private static HttpRequestMessage Request(string body, string? signature, string id = "d-1", string name = "issues")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-GitHub-Delivery", id);
        request.Headers.Add("X-GitHub-Event", name);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        return request;
    }

    private Task<long> StoredAsync() =>
        app.Store.ReadAsync(c => c.ExecuteScalar<long>("SELECT count(*) FROM deliveries"), default);

    private sealed record Stored(string Id, string Event, string Action, long Repo, long Installation, string Sender, string State)
    {
        private Stored()
            : this("", "", "", 0, 0, "", "")
        {
        }

        public byte[]? Payload { get; init; }
    }
}
