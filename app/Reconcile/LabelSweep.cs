using Muster.App.GitHub;
using Muster.App.Intake;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Reconcile;

/// <summary>Finds issues that carry the label while nobody told us. The right is the labeller's, read from the timeline.</summary>
internal sealed class LabelSweep(Ledger ledger, IssuesApi issues, Permissions permissions, WriterComments comments)
{
    /// <summary>GitHub's own clocks differ by about this much between the label and the issue that carries it.</summary>
    public static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(5);

    public async Task SweepAsync(RepositoryRow repository, CancellationToken cancellationToken)
    {
        if (await issues.ByLabelAsync(repository.Target, StateLabels.Go, null, cancellationToken) is not Answer<IReadOnlyList<Issue>>.Ok { Value: var carrying })
        {
            return;
        }

        foreach (var issue in carrying.Where(i => i is { IsPull: false, IsOpen: true }))
        {
            var number = new IssueNumber(issue.Number);
            var known = await ledger.ReadAsync(
                db => Rows.LiveItem(db, repository.RepoId, number) is not null || DeliveryRows.AnyNewLabel(db, repository.RepoId),
                cancellationToken);
            if (!known && await LabellerAsync(repository, number, cancellationToken) is { } labelled
                && !await AnsweredAsync(repository, number, labelled.At, cancellationToken))
            {
                await TakeAsync(repository, issue, labelled.By, labelled.At, cancellationToken);
            }
        }
    }

    private async Task<(string By, DateTimeOffset At)?> LabellerAsync(RepositoryRow repository, IssueNumber issue, CancellationToken cancellationToken)
    {
        var timeline = await issues.TimelineAsync(repository.Target, issue, cancellationToken);
        var last = (timeline as Answer<IReadOnlyList<TimelineEvent>>.Ok)?.Value
            .LastOrDefault(e => e is { Event: "labeled", Label: { } label } && label.Is(StateLabels.Go));
        return last is { Actor: { IsPerson: true, Login: { } login }, CreatedAt: { } at } ? (login, at) : null;
    }

    /// <summary>Whether an item came of this very label, which only could not be taken off yet.</summary>
    private Task<bool> AnsweredAsync(RepositoryRow repository, IssueNumber issue, DateTimeOffset labelled, CancellationToken cancellationToken) =>
        ledger.ReadAsync(db => Rows.LatestItem(db, repository.RepoId, issue) is { } item && item.Snapshot.At >= labelled - SameMoment, cancellationToken);

    /// <summary>The label stays where it is, so the refusal goes by the label, not by the hour.</summary>
    private static void RefuseOnce(LedgerStep step, IssueNumber issue, string by, DateTimeOffset at) =>
        IssueHandler.Refuse(step, issue, by, "starting work with a label", $"label:{at.ToUnixTimeSeconds()}");

    private async Task TakeAsync(RepositoryRow repository, Issue issue, string by, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var number = new IssueNumber(issue.Number);
        switch (await permissions.MayWriteAsync(repository, by, cancellationToken))
        {
            case null:
                return;
            case false:
                await ledger.StepAsync(repository.RepoId, step => RefuseOnce(step, number, by, at), cancellationToken);
                return;
        }

        // Whoever labelled it approved the text of that moment, and nobody kept it: a text that changed since is not run.
        if (issue.UpdatedAt > at + SameMoment)
        {
            await ledger.StepAsync(
                repository.RepoId,
                step => step.Wish(new Effect.SayOnce(number, $"relabel:{at.ToUnixTimeSeconds()}", CommentWords.LabelAgain(by))),
                cancellationToken);
            return;
        }

        if (await comments.BeforeAsync(repository, number, at, cancellationToken) is { } said)
        {
            await ledger.StepAsync(repository.RepoId, step => IssueHandler.Accept(step, issue, new Trigger(issue, by, "label", at, said)), cancellationToken);
        }
    }
}
