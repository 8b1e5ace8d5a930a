using System.Collections.Immutable;
using Muster.Core.Wire;

namespace Muster.Core.Recorder;

/// <summary>A wave as its events tell it: a fold, nothing else.</summary>
public sealed record WaveStory
{
    public required WaveId Wave { get; init; }

    public DateTimeOffset? Opened { get; init; }

    public DateTimeOffset? Closed { get; init; }

    public DateTimeOffset? LastEvent { get; init; }

    public int Plans { get; init; }

    public int? Retro { get; init; }

    public ImmutableSortedDictionary<int, ItemStory> Items { get; init; } = ImmutableSortedDictionary<int, ItemStory>.Empty;

    /// <summary>Acts outside that stand now, by kind. One that a crash left without a receipt was found again, and counts.</summary>
    public ImmutableSortedDictionary<string, int> Effects { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>What should be there and is not: the retro says so instead of guessing.</summary>
    public IEnumerable<string> Missing() => WaveGaps.In(this);

    /// <summary>Folds the events of one wave, in the order of their ids.</summary>
    public static WaveStory Of(WaveId wave, IEnumerable<Recorded> events) =>
        events.Where(e => e.Wave == wave).OrderBy(e => e.Id).Aggregate(new WaveStory { Wave = wave }, (story, e) => story.After(e));

    private WaveStory After(Recorded recorded)
    {
        var next = recorded.Event switch
        {
            FlightEvent.WaveOpened => this with { Opened = recorded.At },
            FlightEvent.PlanMade => this with { Plans = Plans + 1 },
            FlightEvent.WaveClosed => this with { Closed = recorded.At },
            FlightEvent.EffectDone { Effect: "file-retro", Number: { } retro } done => Count(done) with { Retro = (int)retro },
            FlightEvent.EffectDone done => Count(done),
            _ => this,
        };
        if (recorded is { Issue: { } issue, Item: not null })
        {
            var story = next.Items.GetValueOrDefault(issue.Value) ?? new ItemStory { Issue = issue };
            next = next with { Items = next.Items.SetItem(issue.Value, ItemFold.After(story, recorded)) };
        }

        return next with { LastEvent = recorded.At };
    }

    private WaveStory Count(FlightEvent.EffectDone done) =>
        this with { Effects = Effects.SetItem(done.Effect, Effects.GetValueOrDefault(done.Effect) + 1) };
}

/// <summary>One event's part in the story of its item.</summary>
internal static class ItemFold
{
    public static ItemStory After(ItemStory story, Recorded recorded) => recorded.Event switch
    {
        FlightEvent.TriggerAccepted => story with { Asked = story.Asked ?? recorded.At },
        FlightEvent.ItemPlaced e => story with
        {
            Placement = story.Placement ?? e.Placement,
            WaitsOn = story.WaitsOn.IsEmpty ? [.. e.WaitsOn] : story.WaitsOn,
            Reason = story.Reason ?? e.Reason,
        },
        FlightEvent.ItemMoved e => story with { State = e.To, Outcome = e.Outcome, Attention = e.Attention, Settled = recorded.At },
        FlightEvent.JobQueued { Job: JobKind.Implement } e => story with
        {
            ImplementJobs = story.ImplementJobs + 1,
            Attempts = story.Attempts + (e.Round == 0 ? 1 : 0),
        },
        FlightEvent.AgentStarted e => story with
        {
            Agents = story.Agents.Contains(e.Identity) ? story.Agents : story.Agents.Add(e.Identity),
            AgentStarted = e.Job == JobKind.Implement ? story.AgentStarted ?? recorded.At : story.AgentStarted,
            LastStart = recorded.At,
        },
        FlightEvent.AgentEnded e => story with
        {
            // The event comes with the report, after hand-over and acceptance; the agent itself ended earlier.
            AgentEnded = e.Job == JobKind.Implement ? story.LastStart?.AddSeconds(e.Seconds) ?? recorded.At : story.AgentEnded,
            AgentSeconds = story.AgentSeconds + e.Seconds,
            Stalls = story.Stalls + (e.Outcome is AgentOutcome.Stalled or AgentOutcome.TimedOut ? 1 : 0),
        },
        FlightEvent.GateRefused e => story with { Gates = story.Gates.Add(e) },
        FlightEvent.WorkFailed => story with { Failures = story.Failures + 1 },
        FlightEvent.RoundStarted => story with { Rounds = story.Rounds + 1 },
        FlightEvent.VerdictReached e => story with { LastVerdict = e.State },
        FlightEvent.EffectDone { Effect: "open-pull" } e => story with { Pull = (int?)e.Number },
        FlightEvent.EffectDone { Effect: "post-review" } e => story with { Reviews = story.Reviews.Add(new PostedReview(e.Detail, e.Commit, e.Author)) },
        FlightEvent.PersonActed e => story with { Acts = story.Acts.Add(e) },
        _ => story,
    };
}
