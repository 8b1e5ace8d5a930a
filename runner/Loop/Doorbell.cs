using System.Net;
using Microsoft.Extensions.Logging;
using Muster.Core;
using Muster.Core.Wire;

namespace Muster.Runner.Loop;

/// <summary>Waits for a bell and claims what it names. An app that is away is waited for; it is never a reason to end.</summary>
public sealed partial class Doorbell(AppClient app, RunnerIdentity identity, RunnerInfo info, TimeProvider clock, ILogger<Doorbell> logger)
{
    private static readonly TimeSpan Held = TimeSpan.FromMilliseconds(250);

    private readonly Backoff _backoff = new(TimeSpan.FromSeconds(30));

    /// <summary>Whether the app answered the last call of <see cref="WaitAsync"/> with nothing to do.</summary>
    public bool WasEmpty { get; private set; }

    /// <returns>A claimed job; null where there is none this time, or somebody else was faster.</returns>
    public async Task<ClaimAnswer?> WaitAsync(int free, IReadOnlyList<JobId> running, CancellationToken stoppingToken)
    {
        WasEmpty = false;
        try
        {
            if (identity.Id is null)
                await EnrolAsync(stoppingToken);
            var asked = clock.GetTimestamp();
            var bell = await app.AskAsync<Bell>(RunnerApi.Poll, new PollRequest(info, free, running), stoppingToken);
            _backoff.Reset();
            WasEmpty = bell is null;
            // The app holds a poll while there is nothing to do. One that does not must not be asked without a pause.
            if (bell is null && clock.GetElapsedTime(asked) < Held)
                await Task.Delay(Held, clock, stoppingToken);
            // A claim that was sent is carried through, also when told to stop: else it would lie there until its lease ends.
            return bell is null ? null : await ClaimAsync(bell);
        }
        catch (AppRefusedException e) when (e.Status == HttpStatusCode.Unauthorized && identity.Id is not null && app.CanEnrol)
        {
            // With a pause, because a clock that is wrong makes every enrolment as unknown as the one before.
            await PauseAsync($"{e.Message}; enrolling again", stoppingToken);
            await EnrolAgainAsync(stoppingToken);
        }
        catch (Exception e) when (e is AppUnreachableException or AppRefusedException)
        {
            await PauseAsync(e.Message, stoppingToken);
        }

        return null;
    }

    private async Task<ClaimAnswer?> ClaimAsync(Bell bell)
    {
        try
        {
            return await app.AskAsync<ClaimAnswer>(RunnerApi.Claim(bell.Job), new ClaimRequest(bell), CancellationToken.None);
        }
        catch (AppRefusedException e) when (e.Status != HttpStatusCode.Unauthorized)
        {
            NotClaimed(bell.Job, e.Message);
            return null;
        }
    }

    private async Task EnrolAsync(CancellationToken stoppingToken)
    {
        await app.EnrolAsync(info, stoppingToken);
        Enrolled(identity.Id!);
    }

    private async Task EnrolAgainAsync(CancellationToken stoppingToken)
    {
        try
        {
            await EnrolAsync(stoppingToken);
        }
        catch (Exception e) when (e is AppUnreachableException or AppRefusedException)
        {
            await PauseAsync(e.Message, stoppingToken);
        }
    }

    private async Task PauseAsync(string why, CancellationToken stoppingToken)
    {
        var pause = _backoff.Next();
        Away(why, pause);
        await Task.Delay(pause, clock, stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Enrolled as {Runner}")]
    private partial void Enrolled(string runner);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was not claimed: {Why}")]
    private partial void NotClaimed(JobId job, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Why}; trying again in {Pause}")]
    private partial void Away(string why, TimeSpan pause);
}
