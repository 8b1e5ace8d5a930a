using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Muster.App.Tests.Simulator;

/// <summary>A place for webhooks to arrive; while it is held, it lets each wait for its answer.</summary>
public sealed class WebhookSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private volatile TaskCompletionSource? held;

    private WebhookSink(WebApplication app) => this.app = app;

    public ConcurrentQueue<Arrived> Arrivals { get; } = new();

    public string Url => app.Urls.First() + "/hook";

    public static async Task<WebhookSink> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var sink = new WebhookSink(builder.Build());
        sink.app.Run(sink.TakeAsync);
        await sink.app.StartAsync();
        return sink;
    }

    public void Hold() => held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => held?.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Arrivals.Enqueue(new Arrived(headers, memory.ToArray()));
        if (held is { } wait)
            await wait.Task;
        http.Response.StatusCode = 202;
    }
}

/// <summary>One webhook as it came in.</summary>
public sealed record Arrived(IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Event => Headers["X-GitHub-Event"];

    public JsonNode Body => JsonNode.Parse(Bytes)!;

    public string Name => Body["action"] is { } action ? $"{Event}.{action}" : Event;
}
