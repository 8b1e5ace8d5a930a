using Muster.Core.Wire;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Agents;

/// <summary>Watches a running agent and ends it at its limits. A sign of life is a byte of output or a changed workspace.</summary>
public sealed class Supervision(TimeProvider clock)
{
    /// <summary>Waits for the agent's end, whichever comes first: its own, a limit's, or <paramref name="cancellationToken"/>.</summary>
    public async Task<(SandboxEnd End, StopReason Reason)> WatchAsync(
        SandboxRun run, string workspace, JobLimits limits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(limits);
        await using var killing = cancellationToken.Register(run.Kill);
        var reason = await WaitAsync(run, workspace, limits);
        if (reason != StopReason.None)
            run.Kill();
        var end = await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        return (end, reason);
    }

    private async Task<StopReason> WaitAsync(SandboxRun run, string workspace, JobLimits limits)
    {
        var (wall, silence) = (TimeSpan.FromSeconds(limits.WallSeconds), TimeSpan.FromSeconds(limits.SilenceSeconds));
        using var timer = new PeriodicTimer(Glance(wall < silence ? wall : silence), clock);
        var (started, lastSign) = (clock.GetTimestamp(), clock.GetTimestamp());
        var (bytes, files) = (0L, WorkspaceFingerprint.Take(workspace));
        while (await Task.WhenAny(run.Completion, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != run.Completion)
        {
            if (clock.GetElapsedTime(started) >= wall)
                return StopReason.WallLimit;
            var written = run.Output.Total + run.Errors.Total;
            // Looking at files costs more than looking at a number, so it is done only in silence.
            var seen = written == bytes ? WorkspaceFingerprint.Take(workspace) : files;
            if (written != bytes || seen != files)
                (bytes, files, lastSign) = (written, seen, clock.GetTimestamp());
            else if (clock.GetElapsedTime(lastSign) >= silence)
                return StopReason.SilenceLimit;
        }

        return StopReason.None;
    }

    private static TimeSpan Glance(TimeSpan limit) =>
        TimeSpan.FromTicks(Math.Clamp(limit.Ticks / 8, TimeSpan.FromMilliseconds(50).Ticks, TimeSpan.FromSeconds(15).Ticks));
}
