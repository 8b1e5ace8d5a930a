using System.Diagnostics;

namespace Muster.Demo.Staging;

/// <summary>Runs git without anybody's configuration or hooks.</summary>
public sealed class Git(string folder, IReadOnlyDictionary<string, string>? more = null)
{
    /// <exception cref="StageException">With git's own words, where it does not succeed.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("GIT_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (key, value) in Quiet.Concat(more ?? new Dictionary<string, string>()))
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start) ?? throw new StageException("git did not start.");
        var said = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? (await said).TrimEnd()
            : throw new StageException($"git {arguments[0]} failed: {(await complained).Trim()}");
    }

    /// <summary>What makes git send this token, out of sight of a process list.</summary>
    public static IReadOnlyDictionary<string, string> Bearer(string token) => new Dictionary<string, string>
    {
        ["GIT_CONFIG_COUNT"] = "1",
        ["GIT_CONFIG_KEY_0"] = "http.extraHeader",
        ["GIT_CONFIG_VALUE_0"] = $"Authorization: Basic {Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"x-access-token:{token}"))}",
    };

    private static IReadOnlyDictionary<string, string> Quiet { get; } = new Dictionary<string, string>
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_AUTHOR_NAME"] = "Muster demo",
        ["GIT_AUTHOR_EMAIL"] = "demo@localhost",
        ["GIT_COMMITTER_NAME"] = "Muster demo",
        ["GIT_COMMITTER_EMAIL"] = "demo@localhost",
    };
}
