namespace Muster.Runner.Sandbox;

/// <summary>Turns what bubblewrap said into what a person can do.</summary>
public static class SandboxFailure
{
    public static void ThrowIfNotStarted(SandboxEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        if (!end.Started)
            throw Explain(end.Errors.ToText().Trim());
    }

    public static SandboxUnavailableException Explain(string said) => new($"no sandbox could be started: {said}", Remedy(said));

    private static string Remedy(string said) => said switch
    {
        _ when said.Contains("not found", StringComparison.Ordinal) || said.Contains("failed to execute", StringComparison.Ordinal) => "apt-get install bubblewrap util-linux",
        _ when said.Contains("disable-userns", StringComparison.Ordinal) => "install bubblewrap 0.8.0 or newer",
        _ when said.Contains("user.max_user_namespaces", StringComparison.Ordinal) || said.Contains("No space left", StringComparison.Ordinal) =>
            "sysctl -w user.max_user_namespaces=15000",
        _ when said.Contains("Operation not permitted", StringComparison.Ordinal) || said.Contains("Permission denied", StringComparison.Ordinal) =>
            "sysctl -w kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0",
        _ => "run `muster doctor` on this host",
    };
}
