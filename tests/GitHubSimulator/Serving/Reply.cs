using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muster.GitHubSimulator.Serving;

/// <summary>What an endpoint answers.</summary>
internal sealed record Reply(int Status, JsonNode? Json = null, string? Link = null, byte[]? Raw = null)
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body, where it is JSON.</summary>
    public byte[] Bytes => field ??= Json is null ? [] : JsonSerializer.SerializeToUtf8Bytes(Json, Options);

    public static Reply Ok(JsonNode json) => new(200, json);

    public static Reply Created(JsonNode json) => new(201, json);

    public static Reply NoContent { get; } = new(204);

    public static string Text(JsonNode json) => json.ToJsonString(Options);

    public async Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = Status;
        if (Link is not null)
            response.Headers.Link = Link;
        if (Raw is not null)
        {
            response.ContentType = "application/vnd.github.raw; charset=utf-8";
            await response.Body.WriteAsync(Raw);
        }
        else if (Json is not null)
        {
            var bytes = Bytes;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = bytes.Length;
            await response.Body.WriteAsync(bytes);
        }
    }
}
