using System.Text.Json.Serialization;
using Muster.Core.Wire;

namespace Muster.Core.Recorder;

/// <summary>
/// What happened, written in the same transaction as the state it describes. The retro and every summary are folds
/// over these and nothing else.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WaveOpened), "wave.opened")]
[JsonDerivedType(typeof(TriggerAccepted), "trigger.accepted")]
[JsonDerivedType(typeof(CommandRefused), "command.refused")]
[JsonDerivedType(typeof(PlanMade), "plan.made")]
[JsonDerivedType(typeof(ItemPlaced), "item.placed")]
[JsonDerivedType(typeof(ItemMoved), "item.moved")]
[JsonDerivedType(typeof(JobQueued), "job.queued")]
[JsonDerivedType(typeof(JobLeased), "job.leased")]
[JsonDerivedType(typeof(LeaseLost), "lease.lost")]
[JsonDerivedType(typeof(AgentStarted), "agent.started")]
[JsonDerivedType(typeof(AgentEnded), "agent.ended")]
[JsonDerivedType(typeof(GateRefused), "gate.refused")]
[JsonDerivedType(typeof(WorkFailed), "work.failed")]
[JsonDerivedType(typeof(RoundStarted), "round.started")]
[JsonDerivedType(typeof(VerdictReached), "verdict.reached")]
[JsonDerivedType(typeof(EffectDone), "effect.done")]
[JsonDerivedType(typeof(EffectDead), "effect.dead")]
[JsonDerivedType(typeof(BreakerTripped), "breaker.tripped")]
[JsonDerivedType(typeof(PersonActed), "person.acted")]
[JsonDerivedType(typeof(WaveClosed), "wave.closed")]
public abstract record FlightEvent
{
    private FlightEvent()
    {
    }

    /// <summary>Rises when a member changes its meaning.</summary>
    public int Version { get; init; } = 1;

    public sealed record WaveOpened(string By) : FlightEvent;

    /// <summary>Someone with the right asked for this issue.</summary>
    public sealed record TriggerAccepted(string By, string How) : FlightEvent;

    public sealed record CommandRefused(string By, string What, string Why) : FlightEvent;

    public sealed record PlanMade(int Revision, int Runs, int Waits, int Taken, int Refused) : FlightEvent;

    public sealed record ItemPlaced(string Placement, IReadOnlyList<IssueNumber> WaitsOn, string Reason) : FlightEvent;

    public sealed record ItemMoved(string From, string To, string? Outcome, string? Attention) : FlightEvent;

    public sealed record JobQueued(JobKind Job, int Round, int Attempt) : FlightEvent;

    public sealed record JobLeased(JobKind Job, Epoch Epoch, string Runner, string Agent) : FlightEvent;

    public sealed record LeaseLost(JobKind Job, Epoch Epoch) : FlightEvent;

    /// <summary>The runner said that the agent's process runs. The clock is the app's.</summary>
    public sealed record AgentStarted(JobKind Job, int Round, int Attempt, string Identity) : FlightEvent;

    public sealed record AgentEnded(JobKind Job, int Round, int Attempt, AgentOutcome Outcome, double Seconds, long OutputBytes) : FlightEvent;

    public sealed record GateRefused(string Rule, string? File, int? Line, string Says, int Round, int Attempt) : FlightEvent;

    public sealed record WorkFailed(JobKind Job, FailureClass Class, string What) : FlightEvent;

    /// <summary>A blocking verdict sent the change back: one round of rework.</summary>
    public sealed record RoundStarted(int Round) : FlightEvent;

    /// <param name="State">approved, changes-requested or unreviewed.</param>
    public sealed record VerdictReached(string State, CommitSha Head, string? Reviewer, int Findings) : FlightEvent;

    /// <summary>An outbox row is done.</summary>
    /// <param name="Effect">Its kind, for example <c>open-pull</c>.</param>
    /// <param name="Made">False where the probe found that it was there already.</param>
    /// <param name="Detail">What a reader may need: a review's state, a check's conclusion.</param>
    /// <param name="Number">Of the pull request, comment, review, check run or issue it made or found.</param>
    public sealed record EffectDone(string Effect, bool Made, long? Number, string? Detail, CommitSha? Commit, string? Author) : FlightEvent;

    /// <summary>An outbox row was given up: GitHub refuses it for good.</summary>
    public sealed record EffectDead(string Effect, string Why) : FlightEvent;

    /// <summary>Too much was begun in a few minutes, and nothing more is before a person says so.</summary>
    /// <param name="Issue">Null where the whole repository is meant.</param>
    public sealed record BreakerTripped(IssueNumber? Issue, string Why) : FlightEvent;

    /// <summary>A person did something about an item.</summary>
    /// <param name="Act">merge, close, close-pull, cancel, retry, release, unlabel, delete-branch, pause, resume.</param>
    /// <param name="Intervention">
    /// Whether it counts as one: everything a person does to keep an item going or to stop it. A merge does not: it is
    /// the decision that the whole wave works towards.
    /// </param>
    public sealed record PersonActed(string Act, string By, bool Intervention) : FlightEvent;

    public sealed record WaveClosed(string Why) : FlightEvent;
}

/// <summary>An event with its place and time.</summary>
/// <param name="Id">Rises; the order in which things were decided.</param>
/// <param name="At">On the app's clock.</param>
public sealed record Recorded(long Id, DateTimeOffset At, WaveId? Wave, ItemId? Item, IssueNumber? Issue, JobId? Job, FlightEvent Event);
