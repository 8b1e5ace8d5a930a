using Microsoft.Extensions.Hosting;
using Muster.Runner.Loop;
using Muster.Runner.Processes;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Cli;

/// <summary><c>muster run</c>: the worker.</summary>
public static class RunVerb
{
    public static async Task<int> RunAsync(RunOptions options, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (Startup.Read(errors) is not { } startup)
            return Startup.WrongSettings;
        var (settings, file) = startup;
        using var homeLock = HomeLock.Take(settings, errors);
        if (homeLock is null)
            return Startup.WrongSettings;
        using var identity = RunnerIdentity.Open(settings.Home, errors);
        if (identity is null)
            return Startup.WrongSettings;
        await Sweep.LeftoversAsync(settings.Home, errors);
        using var starter = new StartingThread();
        var sandboxes = new Sandboxes(settings.Home, starter, TimeProvider.System);
        var proof = await SandboxProof.TryAsync(sandboxes, settings.Home, SlotUsers.Of(1, settings.SlotUid), cancellationToken);
        if (!proof.Holds)
            await errors.WriteLineAsync($"muster: this host cannot sandbox: {proof.Fault}. Mend it with: {proof.Remedy}");
        using var host = RunnerBuilder.Build(settings, file, RunnerBuilder.Describe(settings, file, proof.Holds), options, sandboxes, identity);
        await host.RunAsync(cancellationToken);
        return 0;
    }
}
