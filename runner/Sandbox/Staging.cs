using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>
/// Lets a slot's user reach folders below ones that are closed to it, such as a home of mode 700, without opening
/// those: root binds just what is needed to places that everybody may enter, in a mount namespace of the sandbox's own.
/// </summary>
public sealed class Staging
{
    private static readonly string[] Places = ["/mnt", "/media", "/srv", "/opt", "/var"];

    // $0 is the status file, then pairs of what to bind and where, --, and the command.
    private const string Folders =
        """
        set -e
        while [ "$1" != -- ]; do mount --bind "$1" "$2"; shift 2; done
        shift
        exec "$@" 3>"$0"
        """;

    // The same with $1 an empty place first: files, and more folders than there are places, need points to bind to.
    private const string Anything =
        """
        set -e
        mount -t tmpfs -o mode=0755,nosuid,nodev tmpfs "$1"; shift
        while [ "$1" != -- ]; do
          if [ -d "$1" ]; then mkdir "$2"; else : > "$2"; fi
          mount --bind "$1" "$2"; shift 2
        done
        shift
        exec "$@" 3>"$0"
        """;

    private const string Plain = """exec "$@" 3>"$0" """;

    private readonly List<(string From, string To)> _bindings = [];
    private string? _emptied;

    private Staging()
    {
    }

    /// <summary>Finds out what has to be bound for this user to reach all these paths; nothing where the runner is no root.</summary>
    public static Staging For(IEnumerable<string> paths, SlotUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var staging = new Staging();
        if (!user.Switched)
            return staging;
        var all = paths.Select(path => Native.RealPath(path) ?? path).ToList();
        var anchors = all.Select(Anchor).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var places = Places.Where(place => Directory.Exists(place) && !all.Any(path => IsWithin(path, place))).ToList();
        if (anchors.Count <= places.Count && anchors.All(Directory.Exists))
        {
            staging._bindings.AddRange(anchors.Zip(places));
            return staging;
        }

        staging._emptied = places[0];
        staging._bindings.AddRange(anchors.Select((anchor, n) => (anchor, $"{places[0]}/{n}")));
        return staging;
    }

    /// <summary>Where the slot's user reads this path from.</summary>
    public string Source(string path)
    {
        var real = Native.RealPath(path) ?? path;
        return _bindings.FirstOrDefault(b => IsWithin(real, b.From)) is { From: { } from, To: var to } ? to + real[from.Length..] : real;
    }

    /// <summary>The command that opens the status file as descriptor 3, binds, and becomes the given command.</summary>
    public ProcessSpec Wrap(IReadOnlyList<string> command, string statusFile)
    {
        if (_bindings.Count == 0)
            return new ProcessSpec("/bin/sh", ["-c", Plain, statusFile, .. command]);
        string[] script = _emptied is { } place ? [Anything, statusFile, place] : [Folders, statusFile];
        return new ProcessSpec(
            "/usr/bin/unshare",
            ["--mount", "--propagation", "private", "/bin/sh", "-c", .. script, .. _bindings.SelectMany(b => new[] { b.From, b.To }), "--", .. command]);
    }

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

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
