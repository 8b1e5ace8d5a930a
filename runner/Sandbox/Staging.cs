using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>
/// Lets a slot's user reach folders below ones that are closed to it, such as a home of mode 700, without opening
/// those: root binds just what is needed to a place that everybody may enter, in a mount namespace of the sandbox's own.
/// </summary>
public sealed class Staging
{
    private static readonly string[] Places = ["/mnt", "/media", "/srv", "/opt", "/var"];

    // $0 is the status file, $1 the place, then what to bind, --, and the command.
    private const string Script =
        """
        set -e
        place=$1; shift
        mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$place"
        n=0
        while [ "$1" != -- ]; do
          if [ -d "$1" ]; then mkdir "$place/$n"; else : > "$place/$n"; fi
          mount --bind "$1" "$place/$n"
          n=$((n+1)); shift
        done
        shift
        exec "$@" 3>"$0"
        """;

    private const string Plain = """exec "$@" 3>"$0" """;

    private readonly List<string> _anchors = [];
    private readonly List<string> _all = [];

    private Staging()
    {
    }

    /// <summary>Finds out what has to be bound for this user to reach all these paths; nothing where the runner is no root.</summary>
    public static Staging For(IEnumerable<string> paths, SlotUser user)
    {
        var staging = new Staging();
        if (!user.Switched)
            return staging;
        staging._all.AddRange(paths.Select(path => Native.RealPath(path) ?? path));
        staging._anchors.AddRange(staging._all.Select(Anchor).OfType<string>().Distinct(StringComparer.Ordinal));
        return staging;
    }

    /// <summary>Where the slot's user reads this path from.</summary>
    public string Source(string path)
    {
        var real = Native.RealPath(path) ?? path;
        for (var n = 0; n < _anchors.Count; n++)
        {
            if (real == _anchors[n])
                return $"{Place}/{n}";
            if (real.StartsWith(_anchors[n] + "/", StringComparison.Ordinal))
                return $"{Place}/{n}{real[_anchors[n].Length..]}";
        }

        return real;
    }

    /// <summary>The command that opens the status file as descriptor 3, binds, and becomes the given command.</summary>
    public ProcessSpec Wrap(IReadOnlyList<string> command, string statusFile) => _anchors.Count == 0
        ? new ProcessSpec("/bin/sh", ["-c", Plain, statusFile, .. command])
        : new ProcessSpec(
            "/usr/bin/unshare",
            ["--mount", "--propagation", "private", "/bin/sh", "-c", Script, statusFile, Place, .. _anchors, "--", .. command]);

    private string Place => Places.First(place =>
        Directory.Exists(place) && !_all.Any(path => path == place || path.StartsWith(place + "/", StringComparison.Ordinal)));

    // The shallowest folder on the way below the last closed one: one binding serves all that lies beneath it.
    private static string? Anchor(string path)
    {
        string? anchor = null;
        for (var slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Directory.Exists(path[..slash]) && !File.GetUnixFileMode(path[..slash]).HasFlag(UnixFileMode.OtherExecute))
            {
                var next = path.IndexOf('/', slash + 1);
                anchor = next > 0 ? path[..next] : path;
            }
        }

        return anchor;
    }
}
