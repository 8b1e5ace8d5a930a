using System.Text;
using Muster.Runner.Configuration;
using Muster.Runner.Processes;

namespace Muster.Runner.Workspaces;

/// <summary>
/// Git outside every sandbox, and so only on repositories that this runner made and no agent can write. It sees no
/// configuration but ours, runs no hook and no filter, and is told a token by its environment alone: an argument or an
/// address can be read by anybody on the host.
/// </summary>
/// <param name="protocols">What git may speak, for example <c>http:https</c>.</param>
public sealed class HostGit(RunnerHome home, string protocols = "http:https")
{
    private static readonly (string Key, string Value)[] Settings =
    [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("core.attributesFile", "/dev/null"),
        ("core.quotePath", "false"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("credential.helper", ""),
        ("http.followRedirects", "false"),
        // A line that went dead would hold the job, and with it the mirror, for as long as the lease is renewed.
        ("http.lowSpeedLimit", "1"),
        ("http.lowSpeedTime", "120"),
        ("transfer.fsckObjects", "true"),
        // Old histories are full of these, and they hurt nobody.
        ("fetch.fsck.zeroPaddedFilemode", "ignore"),
        ("fetch.fsck.badTimezone", "ignore"),
        ("fetch.fsck.missingSpaceBeforeDate", "ignore"),
        ("fetch.fsck.missingSpaceBeforeEmail", "ignore"),
        ("fetch.fsck.badEmail", "ignore"),
        ("fetch.fsck.missingEmail", "ignore"),
        ("advice.detachedHead", "false"),
        ("init.defaultBranch", "none"),
        ("safe.bareRepository", "explicit"),
    ];

    /// <summary>Runs git on a bare repository and gives its answer, whatever it is.</summary>
    public async Task<GitEnd> TryAsync(string repository, IReadOnlyList<string> arguments, GitCall? call, CancellationToken cancellationToken)
    {
        call ??= GitCall.Plain;
        using var process = RunningProcess.Start(new ProcessSpec("/usr/bin/git", [$"--git-dir={repository}", .. arguments])
        {
            WorkingDirectory = home.Empty,
            Environment = Environment(call),
            Input = call.Input,
            OutputLimit = call.OutputLimit,
        });
        await using var killing = cancellationToken.Register(process.KillTree);
        var end = await process.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        if (end.Output.Cut)
            throw new GitException($"git {arguments[0]} answered {end.Output.Total} bytes, more than the {call.OutputLimit} that are read");
        return new GitEnd(end.ExitCode, end.Output.ToBytes(), end.Errors.ToText().Trim());
    }

    /// <summary>Runs git on a bare repository and gives what it wrote.</summary>
    /// <exception cref="GitException">It failed.</exception>
    public async Task<GitEnd> RunAsync(string repository, IReadOnlyList<string> arguments, GitCall? call, CancellationToken cancellationToken)
    {
        var end = await TryAsync(repository, arguments, call, cancellationToken);
        return end.Succeeded ? end : throw new GitException($"git {arguments[0]} failed with exit code {end.ExitCode}: {end.Errors}");
    }

    private Dictionary<string, string> Environment(GitCall call)
    {
        var environment = new Dictionary<string, string>(call.Environment)
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = home.Empty,
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ASKPASS"] = "/bin/false",
            ["GIT_ALLOW_PROTOCOL"] = protocols,
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
        };
        var settings = call.Token is { } token ? [.. Settings, Header(call.Address!, token)] : Settings;
        environment["GIT_CONFIG_COUNT"] = settings.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        for (var n = 0; n < settings.Length; n++)
        {
            environment[$"GIT_CONFIG_KEY_{n}"] = settings[n].Key;
            environment[$"GIT_CONFIG_VALUE_{n}"] = settings[n].Value;
        }

        return environment;
    }

    private static (string, string) Header(string address, string token) =>
        ($"http.{address}.extraHeader", $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}");
}

/// <summary>What one call of git gets beyond its arguments.</summary>
public sealed record GitCall
{
    public static GitCall Plain { get; } = new();

    /// <summary>Sent to <see cref="Address"/> and nowhere else.</summary>
    public string? Token { get; init; }

    public string? Address { get; init; }

    public ReadOnlyMemory<byte> Input { get; init; }

    public long OutputLimit { get; init; } = 64 * 1024 * 1024;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
