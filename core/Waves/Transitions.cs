using Muster.Core.Recorder;
using Muster.Core.Words;

namespace Muster.Core.Waves;

/// <summary>
/// The one state machine of an item: total and pure. An event that makes no sense where the item stands changes
/// nothing; that is how duplicates, reordering and late reports become harmless.
/// </summary>
public static partial class Transitions
{
    public static Step Apply(Item item, ItemEvent happened, WorkLimits limits)
    {
        var step = happened switch
        {
            ItemEvent.PlacedRuns e => PlaceRuns(item, e),
            ItemEvent.PlacedWaits e => PlaceWaits(item, e),
            ItemEvent.PlacedTaken e => PlaceTaken(item, e),
            ItemEvent.PlacedRefused e => PlaceRefused(item, e),
            ItemEvent.WorkPassed e => PassWork(item, e),
            ItemEvent.GatesDisagree e => Disagree(item, e),
            ItemEvent.WorkRefused e => RefuseWork(item, e, limits),
            ItemEvent.WorkFailed e => FailWork(item, e, limits),
            ItemEvent.PushLost e => LosePush(item, e),
            ItemEvent.PullOpened e => OpenPull(item, e),
            ItemEvent.PullNotOpened e => RefusePull(item, e),
            ItemEvent.Judged e => Judge(item, e, limits),
            ItemEvent.ReviewFailed e => FailReview(item, e, limits),
            ItemEvent.VerdictNotShown e => HideVerdict(item, e),
            ItemEvent.PullMerged e => MergePull(item, e),
            ItemEvent.PullClosed e => ClosePull(item, e),
            ItemEvent.BranchDeleted e => Cancel(item, "delete-branch", e.By, OutcomeWords.BranchDeleted(item, e.By)),
            ItemEvent.IssueClosed e => Cancel(item, "close", e.By, OutcomeWords.IssueClosed(e.By)),
            ItemEvent.StateLabelRemoved e => Cancel(item, "unlabel", e.By, OutcomeWords.LabelRemoved(e.By)),
            ItemEvent.CancelAsked e => Cancel(item, "cancel", e.By, OutcomeWords.Cancelled(e.By)),
            ItemEvent.ContinueAsked e => Continue(item, e, limits),
            ItemEvent.AskedAgain e => AskAgain(item, e),
            ItemEvent.ReleaseAsked e => Release(item, e),
            _ => new Step(item),
        };

        return Finish(item, step);
    }

    /// <summary>What holds for every step: the move is recorded, the status is renewed, attention shows as a label.</summary>
    private static Step Finish(Item before, Step step)
    {
        var after = step.Item;
        if (after == before)
        {
            return step;
        }

        var moved = after.State != before.State || after.Attention != before.Attention || after.Outcome != before.Outcome;
        return step with
        {
            Effects = [.. step.Effects, .. StateLabels.Between(before, after), new Effect.PutStatus(after.Wave)],
            Events = moved
                ? [.. step.Events, new FlightEvent.ItemMoved(Name(before.State), Name(after.State), after.Outcome, after.Attention)]
                : step.Events,
            Replan = step.Replan || (before.State != after.State && !after.IsLive) || (before.PullOpen && !after.PullOpen) || (after.State == ItemState.Ready && before.State != ItemState.Ready),
        };
    }

    private static Step Cancel(Item item, string act, string by, string outcome)
    {
        // A parked item with an open pull request is still ours to give up; any other end stays what it is.
        var mayEnd = item.IsLive || (item is { State: ItemState.Parked, PullOpen: true } && act is not "close");
        return mayEnd
            ? End(item, ItemState.Cancelled, outcome) with { Events = [new FlightEvent.PersonActed(act, by, true)], Effects = [] }
            : new Step(item);
    }

    private static Step End(Item item, ItemState state, string outcome) =>
        new(item with { State = state, Outcome = outcome, Attention = null }) { StopJob = true };

    private static Step Park(Item item, string outcome, string attention) =>
        new(item with { State = ItemState.Parked, Outcome = outcome, Attention = attention }) { StopJob = true };

    private static string Name(ItemState state) => state.ToString().ToLowerInvariant();
}
