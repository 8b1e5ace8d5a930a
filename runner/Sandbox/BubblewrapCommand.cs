namespace Muster.Runner.Sandbox;

/// <summary>The limits of the kernel for one sandbox. None on address space: V8 and .NET reserve it without using it.</summary>
/// <param name="Processes">Processes and threads of the slot's user.</param>
public sealed record ResourceLimits(long Processes, long OpenFiles, long FileBytes)
{
    public static ResourceLimits Default { get; } = new(4096, 16384, 8L * 1024 * 1024 * 1024);

    public ResourceLimits Within(ResourceLimits most)
    {
        ArgumentNullException.ThrowIfNull(most);
        return new(Math.Min(Processes, most.Processes), Math.Min(OpenFiles, most.OpenFiles), Math.Min(FileBytes, most.FileBytes));
    }
}

/// <summary>Writes the command line of a sandbox. Pure, so that a test can read every word of it.</summary>
public static class BubblewrapCommand
{
    private const string TemporarySize = "2147483648";

    /// <summary>From limits and change of user down to the program. File descriptor 3 must be open for the sandbox's status.</summary>
    /// <param name="names">What the sandbox has for /etc/passwd, /etc/group and /etc/hosts.</param>
    /// <param name="source">Where a path of the host is to be read from, by the slot's user.</param>
    public static IReadOnlyList<string> Write(
        SandboxSpec spec, SlotUser user, SystemFolders system, ResourceLimits limits, Func<string, string> source, UserFiles names) =>
    [
        .. Before(user, limits),
        "bwrap",
        "--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL",
        "--new-session", "--die-with-parent", "--json-status-fd", "3",
        "--hostname", "muster", "--clearenv",
        .. spec.Environment.SelectMany(e => new[] { "--setenv", e.Key, e.Value }),
        .. system.Folders.SelectMany(f => new[] { "--ro-bind", f, f }),
        .. system.Links.SelectMany(l => new[] { "--symlink", l.Target, l.Path }),
        "--proc", "/proc", "--dev", "/dev", "--size", TemporarySize, "--tmpfs", "/tmp",
        .. spec.Readable.SelectMany(path => new[] { "--ro-bind", source(path), path }),
        .. spec.Writable.SelectMany(path => new[] { "--bind", source(path), path }),
        "--ro-bind", source(names.Passwd), "/etc/passwd", "--ro-bind", source(names.Group), "/etc/group", "--ro-bind", source(names.Hosts), "/etc/hosts",
        "--remount-ro", "/",
        "--chdir", spec.WorkingDirectory,
        "--", spec.Executable, .. spec.Arguments,
    ];

    /// <summary>What comes before a program, sandboxed or not: its limits and its user.</summary>
    public static IReadOnlyList<string> Before(SlotUser user, ResourceLimits limits)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(limits);
        return
        [
            "prlimit",
            Invariant($"--nproc={limits.Processes}"),
            Invariant($"--nofile={limits.OpenFiles}"),
            Invariant($"--fsize={limits.FileBytes}"),
            "--core=0",
            .. Switch(user),
        ];
    }

    private static string[] Switch(SlotUser user) => user.Switched
        ? ["setpriv", Invariant($"--reuid={user.Uid}"), Invariant($"--regid={user.Gid}"), "--clear-groups"]
        : [];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
