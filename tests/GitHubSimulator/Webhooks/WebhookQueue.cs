using System.Text.Json.Nodes;
using System.Threading.Channels;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Webhooks;

/// <summary>
/// Deliveries leave in order, one line for each App, in the background: no API call ever waits for a receiver.
/// A delivery is tried once.
/// </summary>
internal sealed class WebhookQueue(WebhookSender sender) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<Delivery> deliveries = [];
    private readonly Dictionary<long, Channel<Delivery>> lines = [];
    private readonly List<Task> pumps = [];
    private readonly CancellationTokenSource stopping = new();
    private int pending;
    private int toDrop;
    private int toDuplicate;
    private long lastId = 12_000_000_000;

    public int Pending => Volatile.Read(ref pending);

    /// <summary>The next <paramref name="drop"/> deliveries get lost, the next <paramref name="duplicate"/> arrive twice.</summary>
    public void Rule(int drop, int duplicate)
    {
        lock (gate)
        {
            toDrop = drop;
            toDuplicate = duplicate;
        }
    }

    public void Send(AppRegistration app, string name, string? action, string body, long? installation, long? repository)
    {
        lock (gate)
        {
            var drop = toDrop > 0;
            if (drop)
                toDrop--;
            var delivery = new Delivery
            {
                Id = ++lastId,
                Key = Guid.NewGuid(),
                App = app,
                Event = name,
                Action = action,
                Body = body,
                InstallationId = installation,
                RepositoryId = repository,
                Dropped = drop,
            };
            Enqueue(delivery);
            if (drop || toDuplicate == 0)
                return;
            toDuplicate--;
            Enqueue(delivery.Again(++lastId));
        }
    }

    /// <summary>Sends it once more under the same GUID; null when there is no such delivery.</summary>
    public Delivery? Redeliver(Func<Delivery, bool> which)
    {
        lock (gate)
        {
            if (deliveries.FindLast(d => which(d)) is not { } found)
                return null;
            var again = found.Again(++lastId);
            Enqueue(again);
            return again;
        }
    }

    public IReadOnlyList<Delivery> All()
    {
        lock (gate)
            return [.. deliveries];
    }

    public JsonArray After(int n)
    {
        lock (gate)
            return new JsonArray([.. deliveries.Skip(Math.Max(0, n)).Select((d, i) => d.ToJson(Math.Max(0, n) + i + 1))]);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        Task[] running;
        lock (gate)
            running = [.. pumps];
        await Task.WhenAll(running);
        stopping.Dispose();
    }

    private void Enqueue(Delivery delivery)
    {
        deliveries.Add(delivery);
        Interlocked.Increment(ref pending);
        if (!lines.TryGetValue(delivery.App.Id, out var line))
        {
            line = Channel.CreateUnbounded<Delivery>();
            lines.Add(delivery.App.Id, line);
            pumps.Add(PumpAsync(line.Reader));
        }

        line.Writer.TryWrite(delivery);
    }

    private async Task PumpAsync(ChannelReader<Delivery> line)
    {
        try
        {
            await foreach (var delivery in line.ReadAllAsync(stopping.Token))
            {
                await sender.SendAsync(delivery, stopping.Token);
                Interlocked.Decrement(ref pending);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The simulator ends; what was still in line is lost with it.
        }
    }
}
