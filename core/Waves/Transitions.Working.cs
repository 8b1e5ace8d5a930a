using Muster.Core.Recorder;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.Core.Waves;

/// <summary>What implement jobs and their pushes do to an item.</summary>
public static partial class Transitions
{
    /// <summary>How long a job rests after the host or the provider failed it.</summary>
    private const int FreeRetrySeconds = 30;

    private static bool IsWorking(Item item) => item.State is ItemState.Implementing or ItemState.Fixing;

    private static Step PassWork(Item item, ItemEvent.WorkPassed e)
    {
        if (!IsWorking(item))
        {
            return new Step(item);
        }

        var passed = item with { Head = e.Head, Authors = [.. item.Authors.Append(e.AuthorIdentity).Distinct()], Proof = e.Proof, Questions = e.Questions, ReviewAttempt = 0 };
        return item.Pull is null
            ? new Step(passed with { State = ItemState.Publishing })
            {
                Effects = [new Effect.OpenPull(item.Id, item.Issue, item.Branch, e.Head)],
            }
            : AskForReview(passed);
    }

    private static Step Disagree(Item item, ItemEvent.GatesDisagree e)
    {
        if (!IsWorking(item))
        {
            return new Step(item);
        }

        var findings = e.Gates.Findings.Where(f => f.Action == GateAction.Block).ToList();
        return ParkWithWord(item, OutcomeWords.GatesDisagree(findings), OutcomeWords.BranchIsNotOurs(item)) with
        {
            Events = [.. findings.Select(f => new FlightEvent.GateRefused(f.Rule, f.File, f.Line, f.Says, item.Round, item.Attempt))],
        };
    }

    private static Step RefuseWork(Item item, ItemEvent.WorkRefused e, WorkLimits limits)
    {
        if (!IsWorking(item))
        {
            return new Step(item);
        }

        var findings = e.Gates.Findings.Where(f => f.Action == GateAction.Block).ToList();
        var step = TryAgain(item, limits, [.. findings.Select(BriefWords.GateFinding)], OutcomeWords.NoAttemptPassed(item, findings));
        return step with
        {
            Events =
            [
                .. findings.Select(f => new FlightEvent.GateRefused(f.Rule, f.File, f.Line, f.Says, item.Round, item.Attempt)),
                .. step.Events,
            ],
        };
    }

    private static Step FailWork(Item item, ItemEvent.WorkFailed e, WorkLimits limits)
    {
        if (!IsWorking(item))
        {
            return new Step(item);
        }

        var step = e.Class switch
        {
            FailureClass.Crash or FailureClass.Stall or FailureClass.Timeout or FailureClass.NoAnswer =>
                TryAgain(item, limits, [], OutcomeWords.EveryAttemptFailed(item, e.What)),
            FailureClass.RateLimit or FailureClass.Host or FailureClass.Drained => TryFree(item, e.Class, e.What, limits),
            _ => ParkWithWord(item, e.What, OutcomeWords.MendAndRetry(e.Class)),
        };
        return step with { Events = [new FlightEvent.WorkFailed(JobKind.Implement, e.Class, e.What), .. step.Events] };
    }

    /// <summary>One more implement job from the round's start, if the item has one left.</summary>
    private static Step TryAgain(Item item, WorkLimits limits, IReadOnlyList<string> feedback, string outcome)
    {
        if (item.Attempt >= limits.Attempts || item.Attempts >= limits.Total)
        {
            return ParkWithWord(item, outcome, OutcomeWords.LookAndRetry());
        }

        var again = item with { Attempt = item.Attempt + 1, Attempts = item.Attempts + 1 };
        return new Step(again) { Job = Implement(again, feedback) };
    }

    /// <summary>The same attempt once more: neither the change nor its author failed.</summary>
    private static Step TryFree(Item item, FailureClass failure, string what, WorkLimits limits)
    {
        if (item.FreeRetries >= limits.FreeRetries)
        {
            return ParkWithWord(item, what, OutcomeWords.MendAndRetry(failure));
        }

        var again = item with { FreeRetries = item.FreeRetries + 1 };
        var delay = failure == FailureClass.Drained ? 0 : FreeRetrySeconds;
        return new Step(again) { Job = Implement(again, []) with { DelaySeconds = delay } };
    }

    private static JobWanted Implement(Item item, IReadOnlyList<string> feedback) =>
        new(JobKind.Implement, item.Round, item.Attempt, item.Base!.Value, item.Head ?? item.Base.Value, [.. item.ToMend, .. feedback], []);

    private static Step LosePush(Item item, ItemEvent.PushLost e) =>
        IsWorking(item) ? ParkWithWord(item, e.What, OutcomeWords.BranchIsNotOurs(item)) : new Step(item);

    private static Step OpenPull(Item item, ItemEvent.PullOpened e) =>
        item.State == ItemState.Publishing
            ? AskForReview(item with { Pull = e.Pull, PullOpen = true })
            : new Step(item);

    private static Step RefusePull(Item item, ItemEvent.PullNotOpened e) =>
        item.State == ItemState.Publishing ? ParkWithWord(item, e.Why, OutcomeWords.LookAndRetry()) : new Step(item);

    /// <summary>Parked work is never invisible: the issue gets a comment of its own, once for each generation and round.</summary>
    private static Step ParkWithWord(Item item, string outcome, string attention) =>
        Park(item, outcome, attention) with
        {
            Effects = [new Effect.SayOnce(item.Issue, $"parked:{item.Generation}:{item.RoundsFrom}:{item.Round}", CommentWords.Parked(outcome, attention))],
        };

    /// <summary>Live, or parked with its pull request still open; any other end stays what it is.</summary>
    private static bool MayLosePull(Item item) => item.Pull is not null && (item.IsLive || item is { State: ItemState.Parked, PullOpen: true });

    private static Step MergePull(Item item, ItemEvent.PullMerged e) =>
        MayLosePull(item)
            ? End(item with { PullOpen = false }, ItemState.Merged, OutcomeWords.Merged(item, e.By)) with
            {
                Events = [new FlightEvent.PersonActed("merge", e.By, false)],
            }
            : new Step(item);

    private static Step ClosePull(Item item, ItemEvent.PullClosed e) =>
        MayLosePull(item)
            ? End(item with { PullOpen = false }, ItemState.Cancelled, OutcomeWords.PullClosed(item, e.By)) with
            {
                Events = [new FlightEvent.PersonActed("close-pull", e.By, true)],
            }
            : new Step(item);
}
