using Muster.Runner.Processes;

namespace Muster.Runner.Agents;

/// <summary>Why the runner ended an agent itself.</summary>
public enum StopReason
{
    /// <summary>It did not: the agent ended on its own.</summary>
    None,
    WallLimit,
    SilenceLimit,
}

/// <summary>How a run of an agent ended, as far as the outside can see.</summary>
/// <param name="SandboxStood">False where no agent was ever started.</param>
public sealed record AgentEnd(
    bool SandboxStood,
    StopReason Stopped,
    int ExitCode,
    DateTimeOffset Started,
    DateTimeOffset Ended,
    BoundedOutput Output,
    BoundedOutput Errors)
{
    public TimeSpan Elapsed => Ended - Started;

    /// <summary>The last lines of both streams, errors last: that is where a program says why it gave up.</summary>
    public IReadOnlyList<string> LastLines =>
        [.. new[] { Output, Errors }.SelectMany(o => o.LastLines(10)).Select(Evidence.VisibleText.Clean).Select(l => l.Length > 500 ? l[..500] : l).TakeLast(20)];
}
