using Muster.Core.Recorder;
using Muster.Core.Review;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.Core.Waves;

/// <summary>What verdicts do to an item.</summary>
public static partial class Transitions
{
    private static Step AskForReview(Item item)
    {
        var asked = item with { State = ItemState.Judging, ReviewAttempt = item.ReviewAttempt + 1 };
        return new Step(asked)
        {
            Job = new JobWanted(JobKind.Review, asked.Round, asked.ReviewAttempt, asked.Base!.Value, asked.Head!.Value, [.. asked.Questions.Select(BriefWords.GateFinding)], asked.Authors),
        };
    }

    private static Step Judge(Item item, ItemEvent.Judged e, WorkLimits limits)
    {
        // A verdict on another head than the newest is stale: it says nothing about what would be merged.
        if (item.State != ItemState.Judging || e.Verdict.Head != item.Head || item.Pull is not { } pull)
        {
            return new Step(item);
        }

        IReadOnlyList<Effect> posts =
        [
            new Effect.PostReview(item.Id, pull, e.Verdict.Head, e.Verdict),
            new Effect.PutCheck(item.Id, e.Verdict.Head, e.Verdict),
        ];
        var step = e.Verdict switch
        {
            Verdict.Approved => new Step(item with { State = ItemState.Ready, Attention = OutcomeWords.AskPerson(item) })
            {
                Effects = [.. posts, new Effect.MarkReady(item.Id, pull, e.Verdict.Head)],
            },
            Verdict.ChangesRequested changes => Fix(item, changes, posts, limits),
            Verdict.Unreviewed missing => Unreviewed(item, missing.Why, posts),
            _ => new Step(item),
        };
        return step with { Events = [Reached(e.Verdict), .. step.Events] };
    }

    private static Step Fix(Item item, Verdict.ChangesRequested verdict, IReadOnlyList<Effect> posts, WorkLimits limits)
    {
        if (item.Round >= item.RoundsFrom + limits.Rounds || item.Attempts >= limits.Total)
        {
            var parked = ParkWithWord(item, OutcomeWords.StillBlocked(item), OutcomeWords.LookAndRetry());
            return parked with { Effects = [.. posts, .. parked.Effects] };
        }

        var fixing = item with
        {
            State = ItemState.Fixing,
            Round = item.Round + 1,
            Attempt = 1,
            Attempts = item.Attempts + 1,
            ToMend = [.. verdict.Findings.Where(f => f.Severity == Severity.Blocking).Select(BriefWords.ReviewFinding)],
        };
        return new Step(fixing)
        {
            Effects = posts,
            Job = Implement(fixing, []),
            Events = [new FlightEvent.RoundStarted(fixing.Round)],
        };
    }

    private static Step FailReview(Item item, ItemEvent.ReviewFailed e, WorkLimits limits)
    {
        if (item.State != ItemState.Judging || item.Head is not { } head || item.Pull is not { } pull)
        {
            return new Step(item);
        }

        var failed = new FlightEvent.WorkFailed(JobKind.Review, e.Class, e.What);
        if (e.Class is FailureClass.RateLimit or FailureClass.Host or FailureClass.Drained && item.FreeRetries < limits.FreeRetries)
        {
            var free = AskForReview(item with { FreeRetries = item.FreeRetries + 1, ReviewAttempt = item.ReviewAttempt - 1 });
            var delay = e.Class == FailureClass.Drained ? 0 : FreeRetrySeconds;
            return free with { Job = free.Job! with { DelaySeconds = delay }, Events = [failed] };
        }

        if (item.ReviewAttempt < limits.Reviews && e.Class is not (FailureClass.Launch or FailureClass.Login))
        {
            return AskForReview(item) with { Events = [failed] };
        }

        var verdict = new Verdict.Unreviewed(e.What) { Head = head };
        IReadOnlyList<Effect> posts = [new Effect.PostReview(item.Id, pull, head, verdict), new Effect.PutCheck(item.Id, head, verdict)];
        return Unreviewed(item, e.What, posts) with { Events = [failed, Reached(verdict)] };
    }

    private static Step HideVerdict(Item item, ItemEvent.VerdictNotShown e) => item.State is ItemState.Ready or ItemState.Judging
        ? ParkWithWord(item, OutcomeWords.Unreviewed(e.Why), OutcomeWords.ReviewOrRetry(item))
        : new Step(item);

    /// <summary>An absent verdict is never a pass: the pull request stays a draft and a person is asked.</summary>
    private static Step Unreviewed(Item item, string why, IReadOnlyList<Effect> posts)
    {
        var parked = ParkWithWord(item, OutcomeWords.Unreviewed(why), OutcomeWords.ReviewOrRetry(item));
        return parked with { Effects = [.. posts, .. parked.Effects] };
    }

    private static Step Continue(Item item, ItemEvent.ContinueAsked e, WorkLimits limits)
    {
        if (item is not { State: ItemState.Parked, PullOpen: true, Head: { } head })
        {
            return new Step(item);
        }

        var fresh = item with { Outcome = null, Attention = null, FreeRetries = 0, ReviewAttempt = 0 };
        var step = item.Outcome?.StartsWith(OutcomeWords.UnreviewedStart, StringComparison.Ordinal) == true
            ? AskForReview(fresh)
            : Renew(fresh, head);
        return step with { Events = [new FlightEvent.PersonActed("retry", e.By, true), .. step.Events] };
    }

    private static Step Renew(Item item, CommitSha head)
    {
        var next = item.Round + 1;
        var renewed = item with { State = ItemState.Fixing, Round = next, RoundsFrom = next, Attempt = 1, Attempts = 1, Head = head, ToMend = [BriefWords.PersonAsksToGoOn()] };
        return new Step(renewed) { Job = Implement(renewed, []), Events = [new FlightEvent.RoundStarted(next)] };
    }

    private static FlightEvent Reached(Verdict verdict) => new FlightEvent.VerdictReached(
        verdict.Word,
        verdict.Head,
        verdict.Reviewer,
        verdict.Findings.Count);
}
