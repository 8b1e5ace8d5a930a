using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Muster.GitHubSimulator.Webhooks;

/// <summary>Posts one delivery as GitHub does: signed, with its headers, ten seconds for an answer, no second try.</summary>
internal sealed class WebhookSender(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task SendAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        delivery.DeliveredAt = time.GetUtcNow();
        (delivery.StatusCode, delivery.Status) = delivery.Dropped ? (502, "dropped by a rule") : await PostAsync(delivery, cancellationToken);
        delivery.Duration = time.GetElapsedTime(started);
    }

    public void Dispose() => client.Dispose();

    private async Task<(int Code, string Text)> PostAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(delivery.App.WebhookUrl, UriKind.Absolute, out var url))
            return (502, "no webhook address");
        using var request = Request(delivery, url);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var response = await client.SendAsync(request, patience.Token);
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? "OK" : $"Invalid HTTP Response: {(int)response.StatusCode}");
        }
        catch (HttpRequestException)
        {
            return (502, "failed to connect to host");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (504, "timed out");
        }
    }

    private static HttpRequestMessage Request(Delivery delivery, Uri url)
    {
        var bytes = Encoding.UTF8.GetBytes(delivery.Body);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var headers = request.Headers;
        headers.Add("User-Agent", "GitHub-Hookshot/0123456");
        headers.Add("Accept", "*/*");
        headers.Add("X-GitHub-Delivery", delivery.Key.ToString());
        headers.Add("X-GitHub-Event", delivery.Event);
        headers.Add("X-GitHub-Hook-ID", delivery.App.HookId.ToString(CultureInfo.InvariantCulture));
        headers.Add("X-GitHub-Hook-Installation-Target-ID", delivery.App.Id.ToString(CultureInfo.InvariantCulture));
        headers.Add("X-GitHub-Hook-Installation-Target-Type", "integration");
        if (delivery.App.WebhookSecret is { Length: > 0 } secret)
        {
            var key = Encoding.UTF8.GetBytes(secret);
            headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, bytes)));
        }

        return request;
    }
}
