using System.Text.Json.Nodes;
using System.Threading.Channels;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Webhooks;

/// <summary>
/// Deliveries leave in order, one line for each App, in the background: no API call ever waits for a receiver. A
/// delivery is tried once. <see cref="WebhookRules"/> make them get lost, come twice, late or in another order.
/// </summary>
internal sealed class WebhookQueue(WebhookSender sender, TimeProvider time) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<Delivery> deliveries = [];
    private readonly List<Delivery> held = [];
    private readonly List<ITimer> late = [];
    private readonly Dictionary<long, Channel<Delivery>> lines = [];
    private readonly List<Task> pumps = [];
    private readonly CancellationTokenSource stopping = new();
    private WebhookRules rules = new();
    private Random random = new(0);
    private int pending;
    private int toDrop;
    private int toDuplicate;
    private long lastId = 12_000_000_000;

    public int Pending => Volatile.Read(ref pending);

    /// <summary>Deliveries that wait for their release, for their time or for others to change places with.</summary>
    public int Held
    {
        get
        {
            lock (gate)
                return held.Count + late.Count;
        }
    }

    public void Rule(WebhookRules given)
    {
        lock (gate)
            (rules, random, toDrop, toDuplicate) = (given, new Random(given.Seed), given.Drop, given.Duplicate);
    }

    public void Send(AppRegistration app, string name, string? action, string body, long? installation, long? repository)
    {
        lock (gate)
        {
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
            };
            var concerned = rules.Concerns(delivery);
            delivery.Dropped = concerned && IsNext(ref toDrop, rules.DropChance);
            deliveries.Add(delivery);
            Route(delivery, concerned);
            if (concerned && !delivery.Dropped && IsNext(ref toDuplicate, rules.DuplicateChance))
                Route(Remember(delivery.Again(++lastId)), concerned);
        }
    }

    /// <summary>Lets the held deliveries go; returns how many there were.</summary>
    public int Release(ReleaseOrder order, int seed)
    {
        lock (gate)
        {
            var leaving = held.ToArray();
            held.Clear();
            if (order == ReleaseOrder.Reversed)
                Array.Reverse(leaving);
            if (order == ReleaseOrder.Shuffled)
                new Random(seed).Shuffle(leaving);
            Array.ForEach(leaving, Enqueue);
            return leaving.Length;
        }
    }

    /// <summary>Sends it once more under the same GUID; null when there is no such delivery.</summary>
    public Delivery? Redeliver(Func<Delivery, bool> which)
    {
        lock (gate)
        {
            if (deliveries.FindLast(d => which(d)) is not { } found)
                return null;
            var again = Remember(found.Again(++lastId));
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
        {
            running = [.. pumps];
            late.ForEach(t => t.Dispose());
        }

        await Task.WhenAll(running);
        stopping.Dispose();
    }

    private bool IsNext(ref int count, double chance)
    {
        // Drawn in any case, so that a seed means the same whatever else is ruled.
        var drawn = random.NextDouble();
        if (count == 0)
            return drawn < chance;
        count--;
        return true;
    }

    private Delivery Remember(Delivery delivery)
    {
        deliveries.Add(delivery);
        return delivery;
    }

    private void Route(Delivery delivery, bool concerned)
    {
        // What is lost waits for nobody: GitHub's log says so at once.
        if (!concerned || delivery.Dropped || rules is { Hold: false, Reorder: 0, Delay: 0 })
        {
            Enqueue(delivery);
        }
        else if (rules.Delay > 0)
        {
            ITimer? timer = null;
            timer = time.CreateTimer(_ => Arrive(delivery, timer), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            late.Add(timer);
            timer.Change(TimeSpan.FromSeconds(rules.Delay), Timeout.InfiniteTimeSpan);
        }
        else
        {
            held.Add(delivery);
            if (rules.Reorder > 0 && held.Count >= rules.Reorder)
                Release(ReleaseOrder.Shuffled, random.Next());
        }
    }

    private void Arrive(Delivery delivery, ITimer? timer)
    {
        lock (gate)
        {
            if (timer is null || !late.Remove(timer))
                return;
            Enqueue(delivery);
        }

        timer.Dispose();
    }

    private void Enqueue(Delivery delivery)
    {
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
