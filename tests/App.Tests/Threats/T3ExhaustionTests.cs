using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Dapper;

namespace Muster.App.Tests.Threats;

/// <summary>T3, an endpoint that is flooded or starved: what is too large or too slow is refused, and a real webhook still comes through.</summary>
public sealed class T3ExhaustionTests : IAsyncLifetime
{
    private const int TooLarge = 26 * 1024 * 1024;

    private static readonly byte[] Real = Encoding.UTF8.GetBytes("""{"action":"labeled","repository":{"id":77},"sender":{"login":"ann","id":3,"type":"User"}}""");

    private AppUnderTest app = null!;

    public async Task InitializeAsync() => app = await AppUnderTest.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_flood_of_26_MiB_posts_is_refused_to_the_last_one_and_a_real_webhook_comes_through_it()
    {
        var body = new byte[TooLarge];
        var flood = Enumerable.Range(0, 24).Select(n => StatusAsync(Large(body, announced: n % 2 == 0))).ToList();
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(RealOne()));

        Assert.All(await Task.WhenAll(flood), status => Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status));
        Assert.Equal(1, await StoredAsync());
    }

    [Fact]
    public async Task Slow_bodies_are_given_up_after_ten_seconds_and_hold_nobody_up_meanwhile()
    {
        var lines = new List<TcpClient>();
        try
        {
            for (var n = 0; n < 60; n++)
                lines.Add(await BeginAsync(n));
            Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(RealOne()));

            var answers = Task.WhenAll(lines.Select(FirstLineAsync));
            await WithTimeAsync(answers);
            Assert.All(await answers, line => Assert.Equal("HTTP/1.1 408 Request Timeout", line));
        }
        finally
        {
            lines.ForEach(line => line.Dispose());
        }

        Assert.Equal(1, await StoredAsync());
    }

    [Fact]
    public async Task Large_bodies_that_do_not_end_keep_neither_the_memory_nor_the_turn_of_others()
    {
        var half = new byte[2 * 1024 * 1024];
        var lines = new List<TcpClient>();
        try
        {
            for (var n = 0; n < 12; n++)
                lines.Add(await BeginAsync(n, half));
            var answers = Task.WhenAll(lines.Select(FirstLineAsync));
            await WithTimeAsync(answers);
            Assert.All(await answers, line => Assert.Equal("HTTP/1.1 408 Request Timeout", line));
        }
        finally
        {
            lines.ForEach(line => line.Dispose());
        }

        // All turns are free again: a large one that ends is taken.
        byte[] large = [.. Real, .. Enumerable.Repeat((byte)' ', 3 * 1024 * 1024)];
        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(Request(large)));
    }

    [Fact]
    public async Task A_body_that_breaks_off_stores_nothing_and_breaks_nothing()
    {
        for (var n = 0; n < 20; n++)
        {
            using var line = await BeginAsync(n);
        }

        Assert.Equal(HttpStatusCode.Accepted, await StatusAsync(RealOne()));
        Assert.Equal(1, await StoredAsync());
    }

    /// <summary>Sends all headers and the first part of a body, and no more.</summary>
    private async Task<TcpClient> BeginAsync(int number, byte[]? part = null)
    {
        part ??= Real[..10];
        var line = new TcpClient();
        await line.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
        var head = $"""
            POST /webhooks/github HTTP/1.1
            Host: localhost
            Content-Type: application/json
            X-GitHub-Delivery: slow-{number}
            X-GitHub-Event: issues
            X-Hub-Signature-256: {AppUnderTest.Sign(Real)}
            Content-Length: {part.Length + 100}


            """.ReplaceLineEndings("\r\n");
        await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await line.GetStream().WriteAsync(part);
        return line;
    }

    private static async Task<string?> FirstLineAsync(TcpClient line)
    {
        using var reader = new StreamReader(line.GetStream(), Encoding.ASCII, leaveOpen: true);
        return await reader.ReadLineAsync();
    }

    /// <summary>Lets the app's clock run until what is waited for has come.</summary>
    private async Task WithTimeAsync(Task until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!until.IsCompleted && !patience.IsCancellationRequested)
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(until, Task.Delay(TimeSpan.FromMilliseconds(10)));
        }
    }

    private static HttpRequestMessage Large(byte[] body, bool announced)
    {
        var request = Request(body);
        request.Headers.ExpectContinue = announced;
        request.Headers.TransferEncodingChunked = !announced;
        return request;
    }

    private static HttpRequestMessage RealOne() => Request(Real);

    private static HttpRequestMessage Request(byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-GitHub-Event", "issues");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", body.Length == TooLarge ? "sha256=00" : AppUnderTest.Sign(body));
        return request;
    }

    private async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await app.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private Task<long> StoredAsync() => app.Store.ReadAsync(c => c.ExecuteScalar<long>("SELECT count(*) FROM deliveries"), default);
}
