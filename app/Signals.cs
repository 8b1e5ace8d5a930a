namespace Muster.App;

/// <summary>
/// Wakes whoever waits; where nobody does, the next to wait does not have to. It carries no data: what there is to do
/// stands in the store, so a signal that is lost in a crash costs a look at the clock and nothing else.
/// </summary>
public sealed class Signal
{
    private TaskCompletionSource next = New();

    public void Set() => Volatile.Read(ref next).TrySetResult();

    /// <summary>Waits for the signal or for the time to pass; says whether it was the signal.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        var mine = Volatile.Read(ref next);
        try
        {
            await mine.Task.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }

        // Several may wait on the same one: all wake, and the first of them puts a fresh one in place.
        Interlocked.CompareExchange(ref next, New(), mine);
        return true;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>The signals of one process.</summary>
public sealed class Signals
{
    /// <summary>A delivery was stored.</summary>
    public Signal Deliveries { get; } = new();

    /// <summary>An effect is wanted.</summary>
    public Signal Outbox { get; } = new();

    /// <summary>A bell rings for the runners.</summary>
    public Signal Bells { get; } = new();
}
