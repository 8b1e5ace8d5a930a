using System.Globalization;
using Muster.App.GitHub;
using Muster.App.Outbox;
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
            Answer<Issue>.Ok { Value: { IsOpen: true } now } when now.Carries(StateLabels.Go) => await AcceptAsync(repository, payload, issue, cancellationToken),
            _ => new Taken.Nothing("The issue does not carry the label any more, or is closed."),
        };
    }

    public async Task<Taken> UnlabeledAsync(Payload payload, Issue issue, Label label, CancellationToken cancellationToken)
    {
        if (!payload.IsPerson())
        {
            return new Taken.Nothing("Our own act, or another machine's.");
        }

        var number = new IssueNumber(issue.Number);
        if (await ledger.ReadAsync(db => Rows.LiveItem(db, new RepoId(payload.Repository!.Id), number), cancellationToken) is not { } item)
        {
            return new Taken.Nothing("Nothing is at work on it.");
        }

        var stops = (label.Is(StateLabels.Go) && item.State == ItemState.Proposed) || StateLabels.State.Any(label.Is);
        return stops
            ? new Taken.Change(step => On(step, number, i => step.Happened(i, new ItemEvent.StateLabelRemoved(payload.Login()))))
            : new Taken.Nothing("Another label.");
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
        var refusal = new Effect.SayOnce(issue, $"refusal:{login}:{hour}", ReplyWords.NotAllowed(login, what));
        if (!OutboxRows.Knows(step.Db, step.Repo, refusal))
        {
            step.Record(new FlightEvent.CommandRefused(login, what, "no write access"));
        }

        step.Wish(refusal);
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
        var (item, isNew) = trigger.Accept(step);
        step.Wish(new Effect.React(number, null), item.Wave);
        if (!isNew)
        {
            step.Wish(new Effect.ChangeLabels(number, $"again:{item.Generation}:{step.Now.ToUnixTimeSeconds()}", [], [StateLabels.Go]), item.Wave);
            step.Wish(new Effect.SayOnce(number, $"live:{item.Generation}:{item.State}", ReplyWords.AlreadyLive(item)), item.Wave);
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
