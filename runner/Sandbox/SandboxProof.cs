using Muster.Runner.Configuration;

namespace Muster.Runner.Sandbox;

/// <summary>Whether this host can sandbox, found out by doing it.</summary>
/// <param name="Fault">Null where it can.</param>
public sealed record SandboxProof(string? Fault, string? Remedy)
{
    private const string Script = """[ "$(id -u)" != 0 ] && [ -z "$(tail -n +3 /proc/net/route)" ] && [ ! -r "$1" ]""";

    public bool Holds => Fault is null;

    /// <summary>Starts one as a slot's user: it must stand, not be root, have no way to a network and not see the runner's key.</summary>
    public static async Task<SandboxProof> TryAsync(Sandboxes sandboxes, RunnerHome home, SlotUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sandboxes);
        ArgumentNullException.ThrowIfNull(home);
        try
        {
            var spec = new SandboxSpec("/bin/sh", ["-c", Script, "proof", home.LockFile])
            {
                WorkingDirectory = "/tmp",
                Environment = SandboxEnvironment.For("/tmp"),
            };
            var end = await sandboxes.RunAsync(spec, user, TimeSpan.FromSeconds(20), cancellationToken);
            if (end is null)
                return new SandboxProof("a sandbox did not end within 20 s", "look at the load of this host");
            SandboxFailure.ThrowIfNotStarted(end);
            return end.ExitCode == 0
                ? new SandboxProof(null, null)
                : new SandboxProof("a sandbox is open: it is root, has a route to a network, or sees this runner's home", "report this as a fault of Muster");
        }
        catch (SandboxUnavailableException e)
        {
            return new SandboxProof(e.Message, e.Remedy);
        }
    }
}
