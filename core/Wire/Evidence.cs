namespace Muster.Core.Wire;

/// <summary>What the runner itself saw. Nothing an agent said is in here.</summary>
/// <param name="Acceptance">Each acceptance command on base and on head, re-run by the runner on clean checkouts.</param>
public sealed record Evidence(IReadOnlyList<AcceptanceRun> Acceptance)
{
    public static Evidence None { get; } = new([]);
}

public enum CheckoutSide
{
    Base,
    Head,
}

/// <summary>One run of one acceptance command.</summary>
/// <param name="ExitCode">The command's own; null where it was stopped at its limit.</param>
/// <param name="TestsRun">Tests the known test runner executed; null where the command is not a known test runner, so only the exit code is known.</param>
/// <param name="PassedTests">Names of tests that passed, as the test runner printed them; empty where unknown.</param>
/// <param name="Tail">The last lines of its output, invisible characters removed, at most 2,000 characters.</param>
public sealed record AcceptanceRun(
    string Command,
    CheckoutSide Side,
    int? ExitCode,
    int? TestsRun,
    IReadOnlyList<string> PassedTests,
    double Seconds,
    string Tail)
{
    public bool Succeeded => ExitCode == 0 && TestsRun is null or > 0;
}

/// <summary>How an agent's process ran, seen from outside.</summary>
/// <param name="Agent">The id in the runner's list, for example <c>implement/0</c>.</param>
/// <param name="Provider">The provider's name; for a command without one, the executable's path.</param>
/// <param name="OutputBytes">All it wrote, kept or not.</param>
public sealed record AgentRun(
    string Agent,
    string Provider,
    string? Model,
    DateTimeOffset Started,
    DateTimeOffset Ended,
    AgentOutcome Outcome,
    int? ExitCode,
    long OutputBytes);

/// <summary>Every way a run of an agent ends.</summary>
public enum AgentOutcome
{
    /// <summary>The process ended by itself after work or words.</summary>
    Finished,

    /// <summary>Ended within three seconds without work: the agent never got going, which is no verdict on the change.</summary>
    LaunchFailed,
    Crashed,
    TimedOut,
    Stalled,

    /// <summary>It asked to log in instead of working.</summary>
    NeedsLogin,
    RateLimited,

    /// <summary>It said by its end report that it cannot go on: needs-context or blocked.</summary>
    GaveUp,

    /// <summary>The runner stopped it: lease lost, cancelled or draining.</summary>
    Stopped,
}
