namespace Muster.Runner.Processes;

/// <summary>One program to start: an argument list and no shell, a whole environment and nothing inherited.</summary>
public sealed record ProcessSpec(string Executable, IReadOnlyList<string> Arguments)
{
    public string WorkingDirectory { get; init; } = "/";

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Written to standard input, which is then closed.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Kept of standard output and of standard error each; the rest is counted and dropped.</summary>
    public long OutputLimit { get; init; } = 16 * 1024 * 1024;
}

/// <summary>How a program ended and what it said.</summary>
/// <param name="ExitCode">Its own, or 128 plus the signal that ended it.</param>
public sealed record ProcessEnd(int ExitCode, BoundedOutput Output, BoundedOutput Errors)
{
    public bool Succeeded => ExitCode == 0;
}
