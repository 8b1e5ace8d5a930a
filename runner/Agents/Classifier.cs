using System.Globalization;
using System.Text.RegularExpressions;
using Muster.Core.Wire;

namespace Muster.Runner.Agents;

/// <summary>What is known of an ended run when it is judged.</summary>
/// <param name="Worked">Whether git sees a change, or, for a role that answers, whether a valid answer is there.</param>
/// <param name="Said">The author's status, where there is a report.</param>
public sealed record RunFacts(AgentEnd End, bool Worked, bool HasReport, string? Said);

/// <summary>How a run is to be called, and how it failed; no failure means that its result is to be judged.</summary>
public sealed record Judgement(AgentOutcome Outcome, FailureClass? Failure, string What);

/// <summary>
/// Names the end of a run. Pure. An exit code is never evidence of work nor of its lack: a change in git is. What an
/// agent wrote only tells one failure from another.
/// </summary>
public static partial class Classifier
{
    /// <summary>Who ends sooner than this without having done anything never got going.</summary>
    public static readonly TimeSpan Instant = TimeSpan.FromSeconds(3);

    public static Judgement Judge(RunFacts facts, JobLimits limits)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(limits);
        var end = facts.End;
        return end switch
        {
            { Stopped: StopReason.WallLimit } => new(AgentOutcome.TimedOut, FailureClass.Timeout, $"The agent was stopped at its limit of {Seconds(limits.WallSeconds)}."),
            { Stopped: StopReason.SilenceLimit } => new(AgentOutcome.Stalled, FailureClass.Stall, $"The agent gave no sign of life for {Seconds(limits.SilenceSeconds)} and was stopped."),
            _ when facts.Said is "needs-context" or "blocked" => new(AgentOutcome.GaveUp, FailureClass.GaveUp, "The agent says that it cannot do this as written."),
            _ when facts.Worked || (facts.HasReport && end.ExitCode == 0) => new(AgentOutcome.Finished, null, ""),
            _ => NoWork(facts),
        };
    }

    private static Judgement NoWork(RunFacts facts)
    {
        var end = facts.End;
        var text = string.Join('\n', end.LastLines);
        if (Login.IsMatch(text))
            return new(AgentOutcome.NeedsLogin, FailureClass.Login, "The agent asked to log in instead of working.");
        if (Limited.IsMatch(text))
            return new(AgentOutcome.RateLimited, FailureClass.RateLimit, "The agent's provider limits its rate.");
        if (end.Elapsed < Instant && !facts.HasReport)
            return new(AgentOutcome.LaunchFailed, FailureClass.Launch, $"The agent ended after {end.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s with {Exit(end.ExitCode)} and without any work: it never got going.");
        return end.ExitCode == 0
            ? new(AgentOutcome.Finished, null, "")
            : new(AgentOutcome.Crashed, FailureClass.Crash, $"The agent ended with {Exit(end.ExitCode)} and without any work.");
    }

    private static string Exit(int code) => code > 128 ? $"signal {code - 128}" : $"exit code {code}";

    private static string Seconds(int seconds) => seconds >= 120 ? $"{seconds / 60} minutes" : $"{seconds} s";

    [GeneratedRegex(@"please (?:log|sign) ?in|not logged in|log ?in required|run /login|/login\b|(?:invalid|missing|no) (?:api key|credentials)|api key (?:is )?(?:missing|not set|required|invalid)|authentication (?:failed|required)|\b401\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Login { get; }

    [GeneratedRegex(@"rate.?limit|too many requests|\b429\b|quota exceeded|usage limit", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Limited { get; }
}
