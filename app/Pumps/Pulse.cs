namespace Muster.App.Pumps;

/// <summary>
/// Beats whenever the store changed. It carries no news, only the hint to look: whoever misses a beat looks again when
/// its period is over.
/// </summary>
public sealed class Pulse(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = New();

    public void Beat()
    {
        TaskCompletionSource beaten;
        lock (gate)
        {
            beaten = next;
            next = New();
        }

        beaten.TrySetResult();
    }

    /// <summary>The next beat. Taken before one looks, so that a change during the look is not missed.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
            {
                return next.Task;
            }
        }
    }

    /// <summary>Waits for a beat taken earlier with <see cref="Next"/>, or until the period is over.</summary>
    public async Task WaitAsync(Task beat, TimeSpan period, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(period, time, over.Token);
        await Task.WhenAny(beat, timer);
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
