using System.Text.Json.Nodes;
using Muster.Core.Recorder;
using Muster.Core.Wire;

namespace Muster.Demo.Staging;

/// <summary>The app as anybody outside sees it.</summary>
public sealed class AppDoor(string url, string token) : IDisposable
{
    private readonly JsonDoor door = new(url, token);

    public string Url => url;

    public string StatusPage => $"{url}/";

    public async Task<IReadOnlyList<Recorded>> EventsAsync(long after, CancellationToken cancellationToken)
    {
        var (status, text) = await door.AskAsync(HttpMethod.Get, $"/api/events?after={after}", null, cancellationToken);
        return status == 200 ? WireJson.Read<List<Recorded>>(text) : throw new StageException($"GET /api/events was answered {status}: {text}");
    }

    /// <summary><c>waves</c>, <c>items</c> or <c>jobs</c>.</summary>
    public Task<JsonNode> LookAsync(string what, CancellationToken cancellationToken) => door.GetAsync($"/api/{what}", cancellationToken);

    public async Task<bool> ServesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await door.AskAsync(HttpMethod.Get, "/healthz", null, cancellationToken)).Status == 200;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => door.Dispose();
}
