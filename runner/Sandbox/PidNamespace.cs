using System.Text.Json;
using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>
/// Bubblewrap's own enclosure. Its first process is the init of a PID namespace: when that ends, the kernel ends all that
/// is in there, daemons too, and only then lets it go. So what counts as the end is the end of that init.
/// </summary>
/// <param name="statusFile">Where bubblewrap writes the init's process id and the program's exit code.</param>
internal sealed class PidNamespace(string statusFile, TimeProvider clock) : Enclosure
{
    // Long beyond what the kernel needs to end a namespace; a process stuck in a dead disk is the one way to get there.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    public override void Kill(int outer)
    {
        if (ReadStatus().Init is { } init && ProcessTable.Find(init) is { } found && found.Parent == outer)
            Native.SendKill(init);
    }

    public override async Task<SandboxEnd> EndAsync(ProcessEnd end)
    {
        var (init, exitCode) = ReadStatus();
        if (init is { } process)
            await WaitUntilGoneAsync(process);
        File.Delete(statusFile);
        // Bubblewrap writes an exit code only where the program began: a missing program and a kill leave other traces.
        var began = exitCode is not null
            || (init is not null && (end.ExitCode > 128 || end.Errors.ToText().Contains("bwrap: execvp ", StringComparison.Ordinal)));
        return new SandboxEnd(began, exitCode ?? end.ExitCode, end.Output, end.Errors);
    }

    private async Task WaitUntilGoneAsync(int process)
    {
        var since = clock.GetTimestamp();
        var started = ProcessTable.Find(process)?.Started;
        while (ProcessTable.Find(process) is { IsAlive: true } found && found.Started == started)
        {
            if (clock.GetElapsedTime(since) > Patience)
                throw new IOException($"process {process} of an ended sandbox does not die");
            await Task.Delay(Glance, clock);
        }
    }

    // Several JSON documents, one after the other; a half-written last one says nothing yet.
    private (int? Init, int? ExitCode) ReadStatus()
    {
        int? init = null, exitCode = null;
        try
        {
            foreach (var line in File.ReadLines(statusFile))
            {
                using var document = JsonDocument.Parse(line);
                if (document.RootElement.TryGetProperty("child-pid", out var child))
                    init = child.GetInt32();
                if (document.RootElement.TryGetProperty("exit-code", out var code))
                    exitCode = code.GetInt32();
            }
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            // Not written, or not whole: the sandbox is still being made.
        }

        return (init, exitCode);
    }
}
