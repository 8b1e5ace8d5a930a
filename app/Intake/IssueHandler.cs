using System.Globalization;
using Muster.App.GitHub;
using Muster.App.Holds;
using Muster.App.Outbox;
using Muster.App.Reconcile;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;
using Muster.Core.Recorder;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Intake;

/// <summary>Labels on issues, and issues that close.</summary>
internal sealed class IssueHandler(Ledger ledger, Permissions permissions, IssuesApi issues, WriterComments comments, PullFate fate)
{
    public async Task<Taken> LabeledAsync(Payload payload, Issue issue, Label label, CancellationToken cancellationToken)
    {
        if (!label.Is(StateLabels.Go))
        {
            return new Taken.Nothing("Another label.");
        }

        if (!payload.IsPerson())
        {
            return new Taken.Nothing("Machines do not start work.");
        }

        if (issue.IsPull)
        {
            return new Taken.Nothing("A pull request, not an issue.");
        }

        var repository = await RepositoryAsync(payload, cancellationToken);
        var may = await permissions.MayWriteAsync(repository, payload.Sender!, cancellationToken);
        if (may is null)
        {
            return new Taken.Unknown($"Whether {payload.Login()} may start work could not be asked.");
        }

        if (may is false)
        {
            return new Taken.Change(step => Refuse(step, new IssueNumber(issue.Number), payload.Login(), "starting work with a label", asked: issue.UpdatedAt));
        }

        // The label is a level: it counts if the issue carries it now, whatever order the events come in.
        return await issues.GetAsync(repository.Target, new IssueNumber(issue.Number), cancellationToken) switch
        {
            Answer<Issue>.Unknown unknown => new Taken.Unknown(unknown.Why),
            Answer<Issue>.Refused refused => new Taken.Unknown(refused.Message),
            Answer<Issue>.Ok { Value: { IsOpen: true } now } => await CountsAsync(repository, issue, now, cancellationToken) switch
            {
                null => new Taken.Unknown("The issue's history could not be read."),
                true => await AcceptAsync(repository, payload, issue, cancellationToken),
                false => new Taken.Nothing("The issue does not carry this label any more."),
            },
            _ => new Taken.Nothing("The issue is closed, or gone."),
        };
    }

    /// <summary>
    /// Whether the label that this event put there still counts: it stands there, or we took it off for something that was
    /// asked for earlier. One that was put there later has another hand, another right and another text behind it. Null
    /// where nobody could say.
    /// </summary>
    private async Task<bool?> CountsAsync(RepositoryRow repository, Issue then, Issue now, CancellationToken cancellationToken)
    {
        if (now.UpdatedAt == then.UpdatedAt && now.Carries(StateLabels.Go))
        {
            return true;
        }

        var number = new IssueNumber(now.Number);
        if (await issues.TimelineAsync(repository.Target, number, cancellationToken) is not Answer<IReadOnlyList<TimelineEvent>>.Ok { Value: var history })
        {
            return null;
        }

        var turns = history.Where(e => e is { Event: "labeled" or "unlabeled", Label: { } label } && label.Is(StateLabels.Go)).ToList();
        if (turns.Any(e => e.Event is "labeled" && e.CreatedAt > then.UpdatedAt + LabelSweep.SameMoment))
        {
            return false;
        }

        return now.Carries(StateLabels.Go)
            || (turns.LastOrDefault() is { Event: "unlabeled", Actor.IsPerson: false }
                && !await ledger.ReadAsync(
                    db => Latest.Since(db, repository.RepoId, Latest.Start(number), (then.UpdatedAt ?? now.UpdatedAt!.Value) - LabelSweep.SameMoment),
                    cancellationToken));
    }

    public async Task<Taken> UnlabeledAsync(Payload payload, Issue issue, Label label, CancellationToken cancellationToken)
    {
        if (!payload.IsPerson())
        {
            return new Taken.Nothing("Our own act, or another machine's.");
        }

        var number = new IssueNumber(issue.Number);
        var at = issue.UpdatedAt ?? ledger.Now;
        var repository = await RepositoryAsync(payload, cancellationToken);
        if (label.Is(StateLabels.Go))
        {
            // Noted whatever stands now: what was asked for before and arrives after this is overtaken.
            await ledger.StepQuietlyAsync(db => { Latest.Note(db, repository.RepoId, Latest.Stop(number), at); return true; }, cancellationToken);
        }

        if (await ledger.ReadAsync(db => Rows.LiveItem(db, repository.RepoId, number), cancellationToken) is not { } item)
        {
            return new Taken.Nothing("Nothing is at work on it.");
        }

        if (!(label.Is(StateLabels.Go) && item.State == ItemState.Proposed) && !StateLabels.State.Any(label.Is))
        {
            return new Taken.Nothing("Another label.");
        }

        return await issues.GetAsync(repository.Target, number, cancellationToken) switch
        {
            Answer<Issue>.Unknown unknown => new Taken.Unknown(unknown.Why),
            Answer<Issue>.Refused refused => new Taken.Unknown(refused.Message),
            Answer<Issue>.Ok { Value: var now } when now.Carries(label.Name ?? "") => new Taken.Nothing("The issue carries the label again."),
            _ => new Taken.Change(step => Stop(step, number, at, payload.Login())),
        };
    }

    /// <summary>Stops what was started before the label went; what was asked for since stays.</summary>
    private static void Stop(LedgerStep step, IssueNumber issue, DateTimeOffset at, string by)
    {
        if (!Latest.After(step.Db, step.Repo, Latest.Start(issue), at))
        {
            On(step, issue, i => step.Happened(i, new ItemEvent.StateLabelRemoved(by)));
        }
    }

    public async Task<Taken> ClosedAsync(Payload payload, Issue issue, CancellationToken cancellationToken)
    {
        var number = new IssueNumber(issue.Number);
        var repository = await RepositoryAsync(payload, cancellationToken);
        var item = await ledger.ReadAsync(db => Rows.LiveItem(db, repository.RepoId, number), cancellationToken);
        if (item is null)
        {
            // Another issue may depend on this one.
            return new Taken.Change(step => step.WantPlan());
        }

        switch (await issues.GetAsync(repository.Target, number, cancellationToken))
        {
            case Answer<Issue>.Unknown unknown:
                return new Taken.Unknown(unknown.Why);
            case Answer<Issue>.Refused refused:
                return new Taken.Unknown(refused.Message);
            case Answer<Issue>.Ok { Value.IsOpen: true }:
                return new Taken.Nothing("The issue is open again.");
        }

        // Merging closes the issue too, and that event may come first: the pull request knows which it was.
        var happened = await fate.OfAsync(repository, item, new ItemEvent.IssueClosed(payload.Login()), cancellationToken);
        return happened is null
            ? new Taken.Unknown("The pull request could not be asked.")
            : new Taken.Change(step => { On(step, number, i => step.Happened(i, happened)); step.WantPlan(); });
    }

    /// <summary>One refusal a person, issue and hour; the hour is that of the asking, so that an old delivery is not refused anew.</summary>
    /// <param name="when">What makes one refusal another; by default the hour.</param>
    public static void Refuse(LedgerStep step, IssueNumber issue, string login, string what, string? when = null, DateTimeOffset? asked = null)
    {
        var hour = when ?? (asked ?? step.Now).UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        var refusal = new Effect.SayOnce(issue, $"{Effect.SayOnce.Refusal}{login}:{hour}", ReplyWords.NotAllowed(login, what));
        if (!OutboxRows.Knows(step.Db, step.Repo, refusal))
        {
            step.Record(new FlightEvent.CommandRefused(login, what, "no write access"));
            if (Breakers.MayRefuse(step.Db, step.Repo, issue, login, step.Now))
            {
                step.Wish(refusal);
            }
        }
    }

    private async Task<Taken> AcceptAsync(RepositoryRow repository, Payload payload, Issue issue, CancellationToken cancellationToken)
    {
        var at = issue.UpdatedAt ?? ledger.Now;
        return await comments.BeforeAsync(repository, new IssueNumber(issue.Number), at, cancellationToken) is { } said
            ? new Taken.Change(step =>
            {
                // What was asked before the last work began is not asked again, however often it is told.
                if (Rows.LatestItem(step.Db, step.Repo, new IssueNumber(issue.Number)) is not { IsLive: false } ended || ended.Snapshot.At <= at)
                {
                    Accept(step, issue, new Trigger(issue, payload.Login(), "label", at, said));
                }
            })
            : new Taken.Unknown("The issue's comments could not be read.");
    }

    /// <summary>Lets the trigger in and says that it was heard.</summary>
    public static void Accept(LedgerStep step, Issue issue, Trigger trigger)
    {
        var number = new IssueNumber(issue.Number);
        if (trigger.Accept(step) is not ({ } item, var isNew))
        {
            // Left on, the sweep would find it again and again.
            step.Wish(new Effect.ChangeLabels(number, $"overtaken:{trigger.At.ToUnixTimeSeconds()}", [], [StateLabels.Go]));
            return;
        }

        step.Wish(new Effect.React(number, null), item.Wave);
        if (!isNew)
        {
            step.Wish(new Effect.ChangeLabels(number, $"again:{item.Generation}:{step.Now.ToUnixTimeSeconds()}", [], [StateLabels.Go]), item.Wave);
            // The label that the work came of may be told again under another id: the work itself is the answer to that.
            if (item.Snapshot.At < trigger.At)
            {
                step.Wish(new Effect.SayOnce(number, $"live:{item.Generation}:{item.State}", ReplyWords.AlreadyLive(item)), item.Wave);
            }
        }
    }

    private static void On(LedgerStep step, IssueNumber issue, Action<Item> act)
    {
        if (Rows.LiveItem(step.Db, step.Repo, issue) is { } item)
        {
            act(item);
        }
    }

    private Task<RepositoryRow> RepositoryAsync(Payload payload, CancellationToken cancellationToken) =>
        ledger.ReadAsync(db => Repositories.Find(db, new RepoId(payload.Repository!.Id))!, cancellationToken);
}
