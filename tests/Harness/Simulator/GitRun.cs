using System.Diagnostics;

namespace Muster.App.Tests.Simulator;

/// <summary>Stock git in one folder, with no configuration of this machine.</summary>
public sealed class GitRun(string folder, bool temporary = false) : IDisposable
{
    public string Folder { get; } = folder;

    public static GitRun InTemporaryFolder() => new(Directory.CreateTempSubdirectory("muster-sim-work-").FullName, temporary: true);

    public async Task<string> OkAsync(params string[] args)
    {
        var (code, output, error) = await RunAsync(args);
        Assert.True(code == 0, $"git {string.Join(' ', args)}: {error}");
        return output;
    }

    public async Task<int> TryAsync(params string[] args) => (await RunAsync(args)).Code;

    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("git", args)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{name}_NAME"] = "Ann";
            start.Environment[$"GIT_{name}_EMAIL"] = "ann@example.org";
        }

        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["NO_PROXY"] = "*";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    public Task WriteAsync(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllTextAsync(path, text);
    }

    public void Dispose()
    {
        if (temporary)
            Directory.Delete(Folder, recursive: true);
    }
}
