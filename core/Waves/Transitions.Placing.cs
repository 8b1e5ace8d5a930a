using Muster.Core.Recorder;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.Core.Waves;

/// <summary>What a plan does to an item.</summary>
public static partial class Transitions
{
    private static bool MayBePlaced(Item item) => item.State is ItemState.Proposed or ItemState.Waiting;

    private static Step PlaceRuns(Item item, ItemEvent.PlacedRuns e)
    {
        if (!MayBePlaced(item))
        {
            return new Step(item);
        }

        var placed = item with
        {
            State = ItemState.Implementing,
            FirstPlacement = item.FirstPlacement ?? "runs",
            Reason = e.Reason,
            Attention = null,
            Base = e.Base,
            Terms = e.Terms,
            Round = 0,
            RoundsFrom = 0,
            Attempt = 1,
            Attempts = 1,
        };
        return new Step(placed)
        {
            Job = new JobWanted(JobKind.Implement, 0, 1, e.Base, e.Base, [], []),
            Events = [new FlightEvent.ItemPlaced("runs", item.WaitsOn, e.Reason)],
        };
    }

    private static Step PlaceWaits(Item item, ItemEvent.PlacedWaits e)
    {
        if (!MayBePlaced(item))
        {
            return new Step(item);
        }

        var placed = item with
        {
            State = ItemState.Waiting,
            FirstPlacement = item.FirstPlacement ?? "waits",
            Reason = e.Reason,
            WaitsOn = e.On,
            Attention = e.Attention,
        };
        var same = item.State == ItemState.Waiting && item.Reason == e.Reason && item.Attention == e.Attention && item.WaitsOn.SequenceEqual(e.On);
        return same ? new Step(item) : new Step(placed) { Events = [new FlightEvent.ItemPlaced("waits", e.On, e.Reason)] };
    }

    private static Step PlaceTaken(Item item, ItemEvent.PlacedTaken e)
    {
        if (!MayBePlaced(item))
        {
            return new Step(item);
        }

        var placed = item with { FirstPlacement = item.FirstPlacement ?? "taken", Reason = e.Reason };
        return End(placed, ItemState.Superseded, e.Reason) with
        {
            Effects = [new Effect.SayOnce(item.Issue, $"taken:{item.Generation}", CommentWords.Taken(e.Reason))],
            Events = [new FlightEvent.ItemPlaced("taken", [], e.Reason)],
        };
    }

    private static Step PlaceRefused(Item item, ItemEvent.PlacedRefused e)
    {
        if (!MayBePlaced(item))
        {
            return new Step(item);
        }

        var placed = item with { FirstPlacement = item.FirstPlacement ?? "refused", Reason = e.Reason };
        return Park(placed, e.Reason, OutcomeWords.MendContract(item.Issue)) with
        {
            Effects = [new Effect.SayOnce(item.Issue, $"refused:{item.Generation}", CommentWords.Refused(e.Reason, e.Fix))],
            Events = [new FlightEvent.ItemPlaced("refused", [], e.Reason)],
        };
    }

    private static Step AskAgain(Item item, ItemEvent.AskedAgain e)
    {
        if (!MayBePlaced(item))
        {
            return new Step(item);
        }

        var asked = item with { Snapshot = e.Snapshot, Forced = true, Wish = e.Wish ?? item.Wish };
        return new Step(asked) { Events = [new FlightEvent.PersonActed("retry", e.Snapshot.TriggeredBy, true)], Replan = true };
    }

    private static Step Release(Item item, ItemEvent.ReleaseAsked e)
    {
        if (item.State != ItemState.Waiting)
        {
            return new Step(item);
        }

        var released = item with
        {
            Released = [.. item.Released.Union(e.From.Count > 0 ? e.From : item.WaitsOn)],
            ReleasedFromAll = item.ReleasedFromAll || e.From.Count == 0,
            Attention = null,
        };
        return new Step(released) { Events = [new FlightEvent.PersonActed("release", e.By, true)], Replan = true };
    }
}
