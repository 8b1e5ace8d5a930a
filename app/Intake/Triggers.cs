using Muster.App.GitHub;
using Muster.App.Holds;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Waves;

namespace Muster.App.Intake;

/// <summary>Someone with the right asked for an issue: it joins the wave, or what stands already answers.</summary>
/// <param name="How">label or the command, for the record.</param>
/// <param name="Forced">Existing work does not stand in the way.</param>
internal sealed record Trigger(
    Issue Issue, string By, string How, DateTimeOffset At, IReadOnlyList<SnapshotComment> Comments, bool Forced = false, AgentChoice? Wish = null)
{
    private IssueNumber Number => new(Issue.Number);

    private Snapshot Snapshot => new(Issue.Title ?? "", Issue.Body ?? "", Issue.User?.Login ?? "somebody", At, By, Comments);

    /// <summary>The item that answers the trigger, and whether it is new; none where somebody stopped it later than it was asked for.</summary>
    public (Item? Item, bool New) Accept(LedgerStep step)
    {
        if (Latest.After(step.Db, step.Repo, Latest.Stop(Number), At) || Breakers.Holds(step.Db, step.Repo, Number))
        {
            return (null, false);
        }

        Latest.Note(step.Db, step.Repo, Latest.Start(Number), At);
        var latest = Rows.LatestItem(step.Db, step.Repo, Number);
        if (latest is { IsLive: true })
        {
            // What has not started yet can still be asked for in other words; a label alone changes nothing.
            return (Forced && At >= latest.Snapshot.At && latest.State is (ItemState.Proposed or ItemState.Waiting) ? step.Happened(latest, new ItemEvent.AskedAgain(Snapshot, Wish)) : latest, false);
        }

        if (latest is { State: ItemState.Parked, PullOpen: true })
        {
            // Our own pull request is never "taken": a label or a retry goes on with it.
            step.Wish(new Effect.ChangeLabels(Number, $"go:{latest.Generation}:{latest.Round}", [], [StateLabels.Go]), latest.Wave);
            return (step.Happened(latest, new ItemEvent.ContinueAsked(By)), true);
        }

        var wave = step.JoinWave(By, Number);
        return (step.OpenItem(wave, Number, Snapshot, How, Forced, Wish), true);
    }
}
