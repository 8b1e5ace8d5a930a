using System.Net;
using Microsoft.Extensions.Logging;
using Muster.Core;

namespace Muster.Runner.Loop;

public enum LeaseEnd
{
    Held,

    /// <summary>Another claim is current, or the app could not be reached until the lease was over.</summary>
    Lost,

    /// <summary>A person cancelled.</summary>
    Cancelled,
}

/// <summary>
/// Holds a job: renewed at a fifth of its length. When it ends, the token is cancelled, and whoever works under it stops
/// before anything is published, so that no two runners ever push for the same job.
/// </summary>
public sealed partial class Lease : IAsyncDisposable
{
    private readonly JobCalls _calls;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;
    private TimeSpan _length;

    public Lease(JobCalls calls, TimeSpan length, TimeProvider clock, ILogger logger)
    {
        (_calls, _length, _clock, _logger) = (calls, length, clock, logger);
        _renewing = HoldAsync(clock.GetTimestamp());
    }

    public LeaseEnd End { get; private set; }

    /// <summary>Cancelled when the lease is lost.</summary>
    public CancellationToken Over => _over.Token;

    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        _over.Dispose();
        _released.Dispose();
    }

    private async Task HoldAsync(long renewed)
    {
        var pause = _length / 5;
        while (End == LeaseEnd.Held && await WaitAsync(pause))
        {
            var asked = _clock.GetTimestamp();
            try
            {
                // No answer counts for longer than the lease itself lasts.
                using var left = new CancellationTokenSource(Left(renewed), _clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(left.Token, _released.Token);
                var answer = await _calls.RenewAsync(either.Token);
                // Counted from when we asked, which is before the app counts from: we let go earlier than it does.
                (renewed, _length) = (asked, TimeSpan.FromSeconds(answer.LeaseSeconds));
                pause = _length / 5;
                if (answer.Stop)
                    await LetGoAsync(LeaseEnd.Cancelled, "a person cancelled the job");
            }
            catch (AppRefusedException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                await LetGoAsync(LeaseEnd.Lost, e.Message);
            }
            catch (Exception e) when (e is AppUnreachableException or AppRefusedException or OperationCanceledException)
            {
                RenewalFailed(_calls.Job, e.Message);
                if (Left(renewed) <= TimeSpan.FromMilliseconds(1))
                    await LetGoAsync(LeaseEnd.Lost, "the app could not be reached while the lease lasted");
                pause = Min(_length / 10, Left(renewed));
            }
        }
    }

    private TimeSpan Left(long renewed)
    {
        var left = _length - _clock.GetElapsedTime(renewed);
        return left > TimeSpan.FromMilliseconds(1) ? left : TimeSpan.FromMilliseconds(1);
    }

    private async Task<bool> WaitAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, _clock, _released.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task LetGoAsync(LeaseEnd end, string why)
    {
        if (_released.IsCancellationRequested)
            return;
        End = end;
        LeaseOver(_calls.Job, why);
        await _over.CancelAsync();
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Renewing the lease of {Job} failed: {Why}")]
    private partial void RenewalFailed(JobId job, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of {Job} is over: {Why}")]
    private partial void LeaseOver(JobId job, string why);
}
