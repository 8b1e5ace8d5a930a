namespace Muster.Runner.Loop;

/// <summary>How long to wait before trying again: doubling, with a random part so that a fleet does not knock in step.</summary>
public sealed class Backoff(TimeSpan most)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next()
    {
        var full = TimeSpan.FromTicks(Math.Min(most.Ticks, First.Ticks << Math.Min(_failures++, 20)));
        return full * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
