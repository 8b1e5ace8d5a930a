using System.Text;
using Muster.App.Settings;

namespace Muster.App.Mirror;

/// <summary>
/// All that git is told beside its arguments. Nothing of the host's or a user's configuration reaches it, no hook runs,
/// and a token travels in the environment: arguments are for every user of the machine to read, a configuration stays.
/// </summary>
internal sealed class GitEnvironment(AppSettings settings)
{
    private static readonly string[] FromOutside =
        ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    private static readonly (string Key, string Value)[] Configuration =
    [
        ("core.hooksPath", "/dev/null"),
        ("core.fsmonitor", "false"),
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("credential.helper", ""),
        ("http.followRedirects", "false"),
        ("protocol.version", "2"),
        ("transfer.fsckObjects", "true"),
        // Old histories have these, GitHub serves them, and they harm nobody.
        ("fetch.fsck.zeroPaddedFilemode", "ignore"),
        ("fetch.fsck.missingSpaceBeforeDate", "ignore"),
        ("fetch.fsck.badTimezone", "ignore"),
        ("fetch.fsck.missingSpaceBeforeEmail", "ignore"),
    ];

    /// <param name="token">Sent to GitHub's server alone.</param>
    public Dictionary<string, string> For(string? token)
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = "/nonexistent",
            ["LC_ALL"] = "C",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ALLOW_PROTOCOL"] = settings.GitHub.Server.Scheme,
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_OPTIONAL_LOCKS"] = "0",
        };
        if (!settings.GitHub.Server.IsLoopback)
        {
            foreach (var name in FromOutside)
            {
                if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
                    environment[name] = value;
            }
        }

        var configuration = token is null ? Configuration : [.. Configuration, Header(token)];
        environment["GIT_CONFIG_COUNT"] = $"{configuration.Length}";
        for (var number = 0; number < configuration.Length; number++)
        {
            environment[$"GIT_CONFIG_KEY_{number}"] = configuration[number].Key;
            environment[$"GIT_CONFIG_VALUE_{number}"] = configuration[number].Value;
        }

        return environment;
    }

    private (string Key, string Value) Header(string token) => (
        $"http.{settings.GitHub.Server.GetLeftPart(UriPartial.Authority)}/.extraHeader",
        $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}");
}
