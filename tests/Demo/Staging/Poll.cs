namespace Muster.Demo.Staging;

/// <summary>Looks again and again until something is so; the caller's token bounds it.</summary>
public static class Poll
{
    public static readonly TimeSpan Often = TimeSpan.FromMilliseconds(50);

    public static async Task UntilAsync(Func<CancellationToken, Task<bool>> isSo, TimeSpan every, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(every);
        while (!await isSo(cancellationToken))
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
