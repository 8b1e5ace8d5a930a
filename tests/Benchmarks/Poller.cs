using Muster.Core.Recorder;
using Muster.Demo.Staging;

namespace Muster.Benchmarks;

/// <summary>Looks at the jobs once a second and notes when it first sees each: what a queue without a doorbell costs.</summary>
internal sealed class Poller : IAsyncDisposable
{
    private readonly Stage stage;
    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<long, DateTimeOffset> seen = [];
    private readonly Task loop;

    private Poller(Stage stage)
    {
        this.stage = stage;
        loop = LoopAsync();
    }

    public static Poller Start(Stage stage) => new(stage);

    /// <summary>Milliseconds from each job's queueing to the look that first saw it.</summary>
    public async Task<IReadOnlyList<double>> LatenciesAsync(CancellationToken cancellationToken)
    {
        var queued = new List<Recorded>();
        while (await stage.App.EventsAsync(queued.Count > 0 ? queued[^1].Id : 0, cancellationToken) is { Count: > 0 } more)
        {
            queued.AddRange(more);
        }

        lock (seen)
        {
            return
            [
                .. queued.Where(e => e.Event is FlightEvent.JobQueued && e.Job is { } job && seen.ContainsKey(job.Value))
                    .Select(e => Math.Max(0, (seen[e.Job!.Value.Value] - e.At).TotalMilliseconds)),
            ];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                var jobs = (await stage.App.LookAsync("jobs", stop.Token)).AsArray();
                var now = TimeProvider.System.GetUtcNow();
                lock (seen)
                {
                    foreach (var job in jobs)
                    {
                        seen.TryAdd(job!["id"]!.GetValue<long>(), now);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
