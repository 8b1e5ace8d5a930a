using System.Text.Json;
using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>
/// One living sandbox. Its first process is the init of a PID namespace of its own: when that ends, the kernel ends all
/// that is in there, daemons too, and only then lets it go. So what counts as the end is the end of that init.
/// </summary>
public sealed class SandboxRun : IAsyncDisposable
{
    // Long beyond what the kernel needs to end a namespace; a process stuck in a dead disk is the one way to get there.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    private readonly RunningProcess _process;
    private readonly string _statusFile;
    private readonly TimeProvider _clock;

    public SandboxRun(RunningProcess process, string statusFile, TimeProvider clock)
    {
        _process = process;
        _statusFile = statusFile;
        _clock = clock;
        Completion = CompleteAsync();
    }

    public BoundedOutput Output => _process.Output;

    public BoundedOutput Errors => _process.Errors;

    /// <summary>Ends when nothing in the sandbox is alive.</summary>
    public Task<SandboxEnd> Completion { get; }

    /// <summary>Ends everything inside. <see cref="Completion"/> says when that is so.</summary>
    public void Kill()
    {
        if (ReadStatus().Init is { } init && ProcessTable.Find(init) is { } found && found.Parent == _process.Id)
            Native.SendKill(init);
        _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Completion;
        _process.Dispose();
    }

    private async Task<SandboxEnd> CompleteAsync()
    {
        var end = await _process.Completion;
        var (init, exitCode) = ReadStatus();
        if (init is { } process)
            await WaitUntilGoneAsync(process);
        File.Delete(_statusFile);
        // Bubblewrap writes an exit code only where the program began: a missing program and a kill leave other traces.
        var began = exitCode is not null
            || (init is not null && (end.ExitCode > 128 || end.Errors.ToText().Contains("bwrap: execvp ", StringComparison.Ordinal)));
        return new SandboxEnd(began, exitCode ?? end.ExitCode, end.Output, end.Errors);
    }

    private async Task WaitUntilGoneAsync(int process)
    {
        var since = _clock.GetTimestamp();
        var started = ProcessTable.Find(process)?.Started;
        while (ProcessTable.Find(process) is { IsAlive: true } found && found.Started == started)
        {
            if (_clock.GetElapsedTime(since) > Patience)
                throw new IOException($"process {process} of an ended sandbox does not die");
            await Task.Delay(Glance, _clock);
        }
    }

    // Several JSON documents, one after the other; a half-written last one says nothing yet.
    private (int? Init, int? ExitCode) ReadStatus()
    {
        int? init = null, exitCode = null;
        try
        {
            foreach (var line in File.ReadLines(_statusFile))
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
