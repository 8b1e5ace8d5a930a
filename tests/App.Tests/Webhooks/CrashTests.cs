using System.Collections.Concurrent;
using System.Text;
using Dapper;
using Muster.App.Storage;

namespace Muster.App.Tests.Webhooks;

public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_acknowledged_survives_a_kill_at_any_moment()
    {
        var acknowledged = new ConcurrentBag<string>();
        await using (var app = AppProcess.Start(AppUnderTest.SettingsOf(folder), folder.Path))
        {
            using var http = new HttpClient { BaseAddress = await app.ListeningAsync() };
            var killed = new TaskCompletionSource();
            var senders = Enumerable.Range(0, 8).Select(sender => SendAsync(http, sender, acknowledged, () =>
            {
                if (acknowledged.Count >= 300 && killed.TrySetResult())
                    app.Kill();
            }));
            await Task.WhenAll(senders);
        }

        await using var store = Store.Open(folder["muster.db"], new ManualTime());
        var stored = await store.ReadAsync(c => c.Query<string>("SELECT id FROM deliveries").ToHashSet(), default);
        Assert.True(acknowledged.Count >= 300);
        Assert.Empty(acknowledged.Except(stored));
    }

    private static async Task SendAsync(HttpClient http, int sender, ConcurrentBag<string> acknowledged, Action after)
    {
        var body = Encoding.UTF8.GetBytes("""{"action":"labeled","repository":{"id":77}}""");
        try
        {
            for (var number = 0; ; number++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new("application/json");
                request.Headers.Add("X-GitHub-Delivery", $"{sender}-{number}");
                request.Headers.Add("X-GitHub-Event", "issues");
                request.Headers.Add("X-Hub-Signature-256", AppUnderTest.Sign(body));
                using var answer = await http.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                    acknowledged.Add($"{sender}-{number}");
                after();
            }
        }
        catch (HttpRequestException)
        {
            // The app is gone, as it should be.
        }
    }
}
