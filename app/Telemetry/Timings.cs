using System.Collections.Concurrent;

namespace Muster.App.Telemetry;

/// <summary>How long a stage took, over the newest of its runs.</summary>
/// <param name="Count">Runs that were looked at.</param>
/// <param name="P50">Milliseconds of our own time: what GitHub and the network took is not in it.</param>
public sealed record StageTime(string Stage, long Count, double P50, double P99, double Most);

/// <summary>
/// Our own time in each stage between a webhook and an agent's process. What we wait for GitHub is taken out, because
/// nothing here can make it faster.
/// </summary>
public sealed class Timings(TimeProvider time)
{
    private static readonly AsyncLocal<Waited?> Current = new();

    private readonly ConcurrentDictionary<string, Ring> stages = new();

    public async Task<T> MeasureAsync<T>(string stage, Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var (outer, waited, start) = (Current.Value, new Waited(), time.GetTimestamp());
        Current.Value = waited;
        try
        {
            return await work();
        }
        finally
        {
            Current.Value = outer;
            Add(stage, time.GetElapsedTime(start) - waited.Total);
        }
    }

    /// <summary>Waits for somebody else: the stage that is being measured does not count it.</summary>
    public async Task<T> OutsideAsync<T>(Func<Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var start = time.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            Current.Value?.Add(time.GetElapsedTime(start));
        }
    }

    public void Add(string stage, TimeSpan took) => stages.GetOrAdd(stage, _ => new Ring()).Add(time.GetUtcNow(), Math.Max(0, took.TotalMilliseconds));

    /// <param name="since">Older runs are left out.</param>
    public IReadOnlyList<StageTime> Read(DateTimeOffset since) =>
        [.. stages.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value.Read(s.Key, since)).OfType<StageTime>()];

    private sealed class Waited
    {
        private long ticks;

        public TimeSpan Total => new(Interlocked.Read(ref ticks));

        public void Add(TimeSpan more) => Interlocked.Add(ref ticks, more.Ticks);
    }

    private sealed class Ring
    {
        private const int Newest = 4_096;

        private readonly Lock gate = new();
        private readonly (DateTimeOffset At, double Took)[] runs = new (DateTimeOffset, double)[Newest];
        private long count;

        public void Add(DateTimeOffset at, double took)
        {
            lock (gate)
            {
                runs[count++ % Newest] = (at, took);
            }
        }

        public StageTime? Read(string stage, DateTimeOffset since)
        {
            double[] sorted;
            lock (gate)
            {
                sorted = [.. runs.Take((int)Math.Min(count, Newest)).Where(r => r.At >= since).Select(r => r.Took).Order()];
            }

            double At(double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
            return sorted.Length == 0 ? null : new StageTime(stage, sorted.Length, At(0.5), At(0.99), sorted[^1]);
        }
    }
}
