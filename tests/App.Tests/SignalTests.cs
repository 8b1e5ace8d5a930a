namespace Muster.App.Tests;

public sealed class SignalTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private readonly ManualTime time = new();
    private readonly Signal signal = new();

    [Fact]
    public async Task It_is_remembered_for_who_comes_later_and_spent_once()
    {
        signal.Set();
        signal.Set();

        Assert.True(await signal.WaitAsync(Long, time, default));
        Assert.False(await signal.WaitAsync(TimeSpan.Zero, time, default));
    }

    [Fact]
    public async Task It_wakes_everybody_who_waits()
    {
        var waiters = Enumerable.Range(0, 5).Select(_ => signal.WaitAsync(Long, time, default)).ToList();
        signal.Set();

        Assert.All(await Task.WhenAll(waiters), Assert.True);
    }

    [Fact]
    public async Task Without_it_the_clock_ends_the_wait()
    {
        var waiter = signal.WaitAsync(Long, time, default);
        time.Advance(Long);

        Assert.False(await waiter);
    }

    [Fact]
    public async Task A_wait_can_be_given_up()
    {
        using var stop = new CancellationTokenSource();
        var waiter = signal.WaitAsync(Long, time, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
    }
}
