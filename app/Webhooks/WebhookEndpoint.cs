using System.Text.Json;
using Muster.App.Pumps;
using Muster.App.Telemetry;
using Muster.Core;

namespace Muster.App.Webhooks;

/// <summary>
/// Takes webhooks: from GitHub, whole, on disk before the answer. Nothing is planned, asked or started here; that is
/// the intake's work, and a crash after the answer loses none of it.
/// </summary>
public sealed partial class WebhookEndpoint(
    WebhookSignature signature,
    DeliveryStore deliveries,
    Pulse pulse,
    Timings timings,
    TimeProvider time,
    ILogger<WebhookEndpoint> logger) : IDisposable
{
    /// <summary>GitHub sends nothing larger.</summary>
    public const int LargestBody = 25 * 1024 * 1024;

    private const int LongestId = 128;

    /// <summary>How many bodies above a mebibyte are held in memory at once.</summary>
    private const int MostLarge = 4;

    /// <summary>GitHub itself waits no longer for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim largeTurns = new(MostLarge);

    public void Dispose() => largeTurns.Dispose();

    public Task<int> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken) =>
        timings.MeasureAsync("1 webhook", () => TakeAsync(request, cancellationToken));

    private async Task<int> TakeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
            return StatusCodes.Status413PayloadTooLarge;
        if (!request.HasJsonContentType())
            return StatusCodes.Status415UnsupportedMediaType;

        using var body = new BodyReader(LargestBody, largeTurns);
        if (await UnreadAsync(request, body, cancellationToken) is { } unread)
        {
            // Whatever is left of the body is not waited for.
            request.HttpContext.Response.Headers.Connection = "close";
            return unread;
        }

        if (!signature.Accepts(request.Headers["X-Hub-Signature-256"], body.Bytes))
            return Refused("no valid signature", StatusCodes.Status401Unauthorized);

        string? id = request.Headers["X-GitHub-Delivery"];
        string? name = request.Headers["X-GitHub-Event"];
        if (id is not { Length: > 0 and <= LongestId } || string.IsNullOrEmpty(name))
            return Refused("no delivery id or event name", StatusCodes.Status400BadRequest);
        if (!HandledEvents.Contains(name))
            return StatusCodes.Status202Accepted;
        if (Read(id, name, body.Bytes) is not { } delivery)
            return Refused("the body is not a JSON object of the expected shape", StatusCodes.Status400BadRequest);

        return await StoreAsync(delivery, cancellationToken);
    }

    /// <summary>Reads the body; the status to answer with where it is too large, too slow or broken off.</summary>
    private async Task<int?> UnreadAsync(HttpRequest request, BodyReader body, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(request.Body, either.Token) ? null : StatusCodes.Status413PayloadTooLarge;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Refused("the body did not come in time", StatusCodes.Status408RequestTimeout);
        }
        catch (BadHttpRequestException fault)
        {
            return Refused(fault.Message, fault.StatusCode);
        }
    }

    private static Delivery? Read(string id, string name, ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, PayloadJson.Default.PayloadHead) is { } head
                ? new Delivery(
                    id, name, head.Action, head.Repository is { } repo ? new RepoId(repo.Id) : null,
                    head.Installation?.Id, head.Sender?.Login, body.ToArray())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<int> StoreAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            if (!await deliveries.AddAsync(delivery, cancellationToken))
                return StatusCodes.Status200OK;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Not on disk, so not ours: GitHub's list of failed deliveries is where it is found again.
            NotStored(delivery.Id, fault);
            return StatusCodes.Status503ServiceUnavailable;
        }

        Stored(delivery.Id, delivery.Event, delivery.Action, delivery.Repo);
        pulse.Beat();
        return StatusCodes.Status202Accepted;
    }

    private int Refused(string why, int status)
    {
        WasRefused(status, why);
        return status;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stored delivery {Id}: {Event} {Action} of repository {Repo}")]
    private partial void Stored(string id, string @event, string? action, RepoId? repo);

    [LoggerMessage(Level = LogLevel.Error, Message = "Could not store delivery {Id}")]
    private partial void NotStored(string id, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a webhook with {Status}: {Why}")]
    private partial void WasRefused(int status, string why);
}

public static class WebhookRoutes
{
    public static void MapWebhooks(this IEndpointRouteBuilder app) => app.MapPost(
        "/webhooks/github",
        async (HttpContext http, WebhookEndpoint endpoint) =>
            http.Response.StatusCode = await endpoint.ReceiveAsync(http.Request, http.RequestAborted));
}
