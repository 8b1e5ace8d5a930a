using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muster.Demo.Staging;

/// <summary>Speaks JSON with one server as one bearer; a refusal is a failure with the server's own words.</summary>
public sealed class JsonDoor : IDisposable
{
    private readonly HttpClient client;

    public JsonDoor(string url, string? token = null)
    {
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("muster-demo", "1"));
        if (token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        var (status, text) = await AskAsync(method, path, body, cancellationToken);
        return status is >= 200 and < 300
            ? JsonNode.Parse(text is "" ? "{}" : text)!
            : throw new StageException($"{method} {path} was answered {status}: {text}");
    }

    /// <summary>The bare answer, refusals included.</summary>
    public async Task<(int Status, string Text)> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>A list that comes in pages, whole.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var page = 1; ; page++)
        {
            var part = await GetAsync($"{path}{mark}per_page=100&page={page}", cancellationToken) as JsonArray ?? throw new JsonException($"{path} is no list");
            all.AddRange(part.Select(n => n!));
            if (part.Count < 100)
            {
                return all;
            }
        }
    }

    public void Dispose() => client.Dispose();
}
