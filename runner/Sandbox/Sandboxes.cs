using System.ComponentModel;
using Muster.Runner.Configuration;
using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>Makes sandboxes: bubblewrap as the slot's user, no network, nothing of the host but what the spec names.</summary>
public sealed class Sandboxes(RunnerHome home, StartingThread starter, TimeProvider clock)
{
    private static readonly Dictionary<string, string> Outside = new()
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["LANG"] = "C.UTF-8",
    };

    private static readonly ResourceLimits Limits = ResourceLimits.Default.Within(HostLimits.Hard);

    private readonly SystemFolders _system = SystemFolders.Discover();
    private int _count;

    /// <summary>Starts it. Whether the sandbox stood is known at its end.</summary>
    /// <exception cref="SandboxUnavailableException">The host has no program to make one with.</exception>
    public async Task<SandboxRun> StartAsync(SandboxSpec spec, SlotUser user)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(user);
        var (process, enclosure) = user.Contained ? Contained(spec, user) : Bare(spec, user);
        try
        {
            return new SandboxRun(await starter.StartAsync(process with { Input = spec.Input, OutputLimit = spec.OutputLimit }), enclosure);
        }
        catch (Win32Exception e)
        {
            throw new SandboxUnavailableException($"{process.Executable} cannot be started: {e.Message}", "apt-get install bubblewrap util-linux", e);
        }
    }

    /// <summary>Starts it and waits until nothing of it is alive; when told to stop, or at its limit, everything in it is ended.</summary>
    /// <returns>Null where the limit ended it.</returns>
    public async Task<SandboxEnd?> RunAsync(SandboxSpec spec, SlotUser user, TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var run = await StartAsync(spec, user);
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await using var killing = either.Token.Register(run.Kill);
        var end = await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        return timeout.IsCancellationRequested ? null : end;
    }

    private (ProcessSpec, Enclosure) Contained(SandboxSpec spec, SlotUser user)
    {
        var names = UserFiles.Write(home.Running, user);
        var status = Path.Combine(home.Running, $"{Environment.ProcessId}-{Interlocked.Increment(ref _count)}.status");
        var staging = Staging.For([.. spec.Readable, .. spec.Writable, names.Passwd, names.Group, names.Hosts], user);
        var command = BubblewrapCommand.Write(spec, user, _system, Limits, staging.Source, names);
        return (staging.Wrap(command, status) with { Environment = Outside }, new PidNamespace(status, clock));
    }

    private static (ProcessSpec, Enclosure) Bare(SandboxSpec spec, SlotUser user)
    {
        var mark = Guid.NewGuid().ToString("N");
        var process = new ProcessSpec("/usr/bin/env", [.. BubblewrapCommand.Before(user, Limits), spec.Executable, .. spec.Arguments])
        {
            WorkingDirectory = spec.WorkingDirectory,
            Environment = new Dictionary<string, string>(spec.Environment) { [MarkedProcesses.Variable] = mark },
        };
        return (process, new MarkedProcesses(mark));
    }
}

/// <summary>This host cannot sandbox. The remedy is a command that mends it.</summary>
public sealed class SandboxUnavailableException(string message, string remedy, Exception? inner = null) : Exception(message, inner)
{
    public string Remedy { get; } = remedy;
}
