using System.Diagnostics;
using System.Text;

namespace Muster.GitHubSimulator.Git;

/// <summary>One bare repository, reached through the git executable with no configuration but its own.</summary>
internal sealed class GitStore(string directory)
{
    public string Directory { get; } = directory;

    /// <summary>Commits and diffs never change, so what was read once is kept.</summary>
    public GitCache Cache { get; } = new();

    public static async Task<GitStore> CreateAsync(string directory, string defaultBranch)
    {
        System.IO.Directory.CreateDirectory(directory);
        var git = new GitStore(directory);
        await git.TextAsync("init", "--quiet", "--bare", "--initial-branch=" + defaultBranch, ".");
        // GitHub serves refs/pull/* and refuses pushes to it; it also lets a client ask for any reachable commit.
        await File.AppendAllTextAsync(Path.Combine(directory, "config"), """
            [http]
            	receivepack = true
            [receive]
            	hideRefs = refs/pull
            	autogc = false
            	denyDeleteCurrent = refuse
            [uploadpack]
            	allowFilter = true
            	allowReachableSHA1InWant = true
            [gc]
            	auto = 0
            [core]
            	hooksPath = /dev/null
            	quotePath = false

            """);
        return git;
    }

    /// <summary>The environment of every git process: nothing of this machine or this user reaches it.</summary>
    public static void Clean(ProcessStartInfo start)
    {
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";
        start.Environment["HOME"] = "/nonexistent";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_NO_REPLACE_OBJECTS"] = "1";
    }

    public async Task<string> TextAsync(params IReadOnlyList<string> args)
    {
        var result = await RunAsync(args);
        return result.ExitCode == 0
            ? Encoding.UTF8.GetString(result.Output)
            : throw new GitFailure($"git {args[0]} ended with {result.ExitCode}: {result.Error.Trim()}");
    }

    public async Task<GitResult> RunAsync(
        IReadOnlyList<string> args, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("git", args)
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Clean(start);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new GitFailure("git did not start");
        using var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var complaining = process.StandardError.ReadToEndAsync();
        if (!input.IsEmpty)
            await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await reading;
        var error = await complaining;
        await process.WaitForExitAsync();
        return new GitResult(process.ExitCode, output.ToArray(), error);
    }
}

internal sealed record GitResult(int ExitCode, byte[] Output, string Error);

internal sealed class GitFailure(string message) : Exception(message);
