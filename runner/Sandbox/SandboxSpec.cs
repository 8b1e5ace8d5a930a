namespace Muster.Runner.Sandbox;

/// <summary>One program and all it may see. Paths inside are the paths outside; what is not named is not there.</summary>
public sealed record SandboxSpec(string Executable, IReadOnlyList<string> Arguments)
{
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Files and folders it may read.</summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>Folders it may write; they win over what is only readable.</summary>
    public IReadOnlyList<string> Writable { get; init; } = [];

    public ReadOnlyMemory<byte> Input { get; init; }

    public long OutputLimit { get; init; } = 1024 * 1024;
}

/// <summary>Whom a slot's sandboxes run as. Never uid 0: a root sandbox reads everything and mounts at will.</summary>
/// <param name="Switched">Whether that is somebody else than the runner, which is root then.</param>
public sealed record SlotUser(uint Uid, uint Gid, bool Switched)
{
    /// <summary>False where the operator trusts the repository and has switched the sandbox off: only the user is left then.</summary>
    public bool Contained { get; init; } = true;
}

/// <summary>How a sandboxed program ended. By then nothing it started is alive.</summary>
/// <param name="Started">Whether the sandbox stood; if not, <paramref name="Errors"/> says why.</param>
public sealed record SandboxEnd(bool Started, int ExitCode, Processes.BoundedOutput Output, Processes.BoundedOutput Errors)
{
    public bool Succeeded => Started && ExitCode == 0;
}
