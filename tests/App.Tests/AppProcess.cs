using System.Diagnostics;

namespace Muster.App.Tests;

/// <summary>The app as an operator starts it: a process of its own, told everything by its environment.</summary>
public sealed class AppProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> error;

    private AppProcess(Process process)
    {
        this.process = process;
        error = process.StandardError.ReadToEndAsync();
    }

    public static AppProcess Start(IReadOnlyDictionary<string, string?> settings, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Muster.App.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        return new AppProcess(Process.Start(start)!);
    }

    /// <summary>Reads what it prints until it says where it listens.</summary>
    public async Task<Uri> ListeningAsync()
    {
        const string Listening = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                return new Uri(line[(at + Listening.Length)..]);
        }

        throw new InvalidOperationException($"It ended before it listened: {await error}");
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => process.Kill();

    public async Task<(int Code, string Error)> EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
