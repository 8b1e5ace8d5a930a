using Muster.Core.Recorder;
using Muster.Core.Wire;

namespace Muster.Demo.Telling;

/// <summary>One event in one sentence; null for what only machines care about.</summary>
public static class EventWords
{
    public static string? Of(Recorded recorded) => Of(recorded.Event) is { } words
        ? recorded.Issue is { } issue && recorded.Item is not null ? $"{issue} {words}" : words
        : null;

    private static string? Of(FlightEvent happened) => happened switch
    {
        FlightEvent.WaveOpened e => $"a wave is opened by {e.By}",
        FlightEvent.TriggerAccepted e => $"asked for by {e.By} ({e.How})",
        FlightEvent.PlanMade e => $"plan {e.Revision}: {e.Runs} run, {e.Waits} wait, {e.Taken} taken, {e.Refused} refused",
        FlightEvent.ItemPlaced e => $"{e.Placement}{(e.Reason.Length > 0 ? $": {e.Reason}" : "")}",
        FlightEvent.AgentStarted { Job: JobKind.Implement } e => $"agent {e.Identity} starts (round {e.Round}, attempt {e.Attempt})",
        FlightEvent.AgentStarted e => $"reviewer {e.Identity} starts",
        FlightEvent.AgentEnded e => $"{(e.Job == JobKind.Implement ? "agent" : "reviewer")} ends after {e.Seconds:0.0} s: {Lower(e.Outcome)}",
        FlightEvent.GateRefused e => $"refused by gate {e.Rule}{Where(e)}: {e.Says}",
        FlightEvent.WorkFailed e => $"failed: {e.What}",
        FlightEvent.RoundStarted e => $"goes back to the author, round {e.Round}",
        FlightEvent.VerdictReached e => $"verdict on {e.Head.Abbreviated}: {e.State}{(e.Findings > 0 ? $", {e.Findings} findings" : "")}",
        FlightEvent.ItemMoved e when e.From != e.To => $"{e.From} -> {e.To}{(e.Outcome is { } outcome ? $": {outcome}" : "")}",
        FlightEvent.EffectDone { Effect: "open-pull" } e => $"pull request #{e.Number} is open",
        FlightEvent.EffectDone { Effect: "file-retro", Made: true } e => $"retro filed as #{e.Number}",
        FlightEvent.BreakerTripped e => $"stopped: {e.Why}",
        FlightEvent.EffectDead e => $"GitHub refuses {e.Effect}: {e.Why}",
        FlightEvent.LeaseLost e => $"the lease of {e.Epoch} is lost",
        FlightEvent.PersonActed e => $"{e.By}: {e.Act}",
        FlightEvent.CommandRefused e => $"{e.What} by {e.By} is refused: {e.Why}",
        FlightEvent.WaveClosed e => $"the wave is closed: {e.Why}",
        _ => null,
    };

    private static string Where(FlightEvent.GateRefused e) => e.File is null ? "" : $" at {e.File}{(e.Line is { } line ? $":{line}" : "")}";

    private static string Lower(AgentOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
