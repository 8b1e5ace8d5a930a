using System.Diagnostics;

namespace Muster.Demo.Staging;

/// <summary>One process of the stage: its own environment and nothing of ours, its output in a file, stopped by its id.</summary>
public sealed class StagedProcess : IAsyncDisposable
{
    private readonly Process process;

    private StagedProcess(string name, string log, Process process) => (Name, Log, this.process) = (name, log, process);

    public string Name { get; }

    /// <summary>The file that standard output and standard error go to.</summary>
    public string Log { get; }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static StagedProcess Start(string name, string log, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment)
    {
        // The shell only points the output at the file and becomes the program: the id stays the same.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" </dev/null >>\"$0\" 2>&1", log, .. command])
        {
            WorkingDirectory = Path.GetDirectoryName(log)!,
        };
        start.Environment.Clear();
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return new StagedProcess(name, log, Process.Start(start) ?? throw new StageException($"{name} did not start."));
    }

    public async Task<int> ExitedAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode;
    }

    /// <summary>SIGKILL: no goodbye.</summary>
    public void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    /// <summary>SIGTERM, and SIGKILL for what does not listen.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (process.HasExited)
        {
            return;
        }

        using var term = Process.Start("/bin/sh", ["-c", "kill -TERM \"$0\" 2>/dev/null", $"{process.Id}"]);
        using var over = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    public IReadOnlyList<string> LastLines(int count) =>
        File.Exists(Log) ? [.. File.ReadLines(Log).TakeLast(count)] : [];

    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(8));
        process.Dispose();
    }
}
