using Muster.Core.Wire;
using Muster.Runner.Configuration;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Agents;

/// <summary>Runs one agent in its sandbox, from its start to the death of all it started.</summary>
public sealed class AgentRunner(Sandboxes sandboxes, RunnerFile file, Supervision supervision, TimeProvider clock)
{
    private readonly SystemFolders _system = SystemFolders.Discover();

    /// <param name="started">Called as soon as its process runs, with the time that its start took.</param>
    public async Task<AgentEnd> RunAsync(
        JobOrder order, LaunchSpec launch, JobFolder folder, Placed placed, Action<TimeSpan> started, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(launch);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(placed);
        ArgumentNullException.ThrowIfNull(started);
        var spec = new SandboxSpec(launch.Executable, launch.Arguments)
        {
            WorkingDirectory = folder.Agent.Work,
            Environment = launch.Environment,
            Readable = [Path.Combine(placed.Mirror, "objects"), .. ProgramFiles.Of(launch.Files, _system), .. file.Sandbox.Readable],
            Writable = [folder.Agent.Work, folder.Agent.Repository, folder.Agent.Home, folder.Out, .. file.Sandbox.Writable],
            Input = launch.Input,
            OutputLimit = order.Limits.OutputBytes,
        };
        var (began, asked) = (clock.GetUtcNow(), clock.GetTimestamp());
        await using var run = await sandboxes.StartAsync(spec, placed.User);
        started(clock.GetElapsedTime(asked));
        var (end, reason) = await supervision.WatchAsync(run, folder.Agent.Work, order.Limits, cancellationToken);
        return new AgentEnd(end.Started, reason, end.ExitCode, began, clock.GetUtcNow(), end.Output, end.Errors);
    }
}

/// <summary>Where a job stands on this host.</summary>
public sealed record Placed(string Mirror, SlotUser User);
