namespace Muster.Runner.Sandbox;

/// <summary>The environments that sandboxes begin with. Nothing of the runner's own is in them.</summary>
public static class SandboxEnvironment
{
    public static IReadOnlyDictionary<string, string> For(string home) => new Dictionary<string, string>
    {
        ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["HOME"] = home,
        ["TMPDIR"] = "/tmp",
        ["LANG"] = "C.UTF-8",
    };

    /// <summary>For our own git inside: no configuration of anybody's but the repository's.</summary>
    public static IReadOnlyDictionary<string, string> ForGit(string home) => new Dictionary<string, string>(For(home))
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };
}
