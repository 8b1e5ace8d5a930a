using Muster.App.GitHub;
using Muster.App.Holds;
using Muster.App.Outbox;
using Muster.App.Settings;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;
using Muster.Core.Commands;
using Muster.Core.Waves;

namespace Muster.App.Intake;

/// <summary>New comments: commands of people with write access are done and answered, others get one refusal an hour, machines none.</summary>
internal sealed class CommentHandler(Ledger ledger, AppSettings settings, Permissions permissions, Commander commander)
{
    public async Task<Taken> CreatedAsync(Payload payload, Issue issue, Comment comment, CancellationToken cancellationToken)
    {
        // Ours is what was done through one of our Apps, whoever it is shown under.
        if (!payload.IsPerson() || comment.User is not { IsPerson: true } || settings.IsOurs(comment.PerformedViaGithubApp?.Id))
        {
            return new Taken.Nothing("Machines do not command.");
        }

        if (CommandParser.Parse(comment.Body ?? "") is not { Count: > 0 } said)
        {
            return new Taken.Nothing("No command in it.");
        }

        var repository = await ledger.ReadAsync(db => Repositories.Find(db, new RepoId(payload.Repository!.Id))!, cancellationToken);
        var number = new IssueNumber(issue.Number);
        var heard = new Effect.React(number, comment.Id);
        if (await ledger.ReadAsync(db => OutboxRows.Knows(db, repository.RepoId, heard), cancellationToken))
        {
            return new Taken.Nothing("This comment was answered before; its event came again.");
        }

        if (await ledger.ReadAsync(db => Breakers.Holds(db, repository.RepoId, number), cancellationToken) && !said.OfType<Command.Unpause>().Any())
        {
            return new Taken.Nothing("A breaker tripped here: only a person's /dispatch resume is heard.");
        }

        switch (await permissions.MayWriteAsync(repository, payload.Sender!, cancellationToken))
        {
            case null:
                return new Taken.Unknown($"Whether {payload.Login()} may command could not be asked.");
            case false:
                return new Taken.Change(step => IssueHandler.Refuse(step, number, payload.Login(), "a command", asked: comment.CreatedAt));
        }

        // On one of our pull requests a command means the issue that it closes.
        var about = issue.IsPull && await ledger.ReadAsync(db => Rows.ItemOfPull(db, repository.RepoId, new PullNumber(issue.Number)), cancellationToken) is { } item
            ? item.Issue
            : number;
        var circumstances = new Heard(repository, issue, number, about, comment, payload.Login());
        var answers = new List<Action<LedgerStep>>();
        foreach (var (command, index) in said.Select((c, i) => (c, i)))
        {
            if (await commander.DoAsync(circumstances, command, cancellationToken) is not { } answer)
            {
                return new Taken.Unknown("GitHub could not be asked.");
            }

            answers.Add(step => Reply(step, circumstances, index, answer(step)));
        }

        return new Taken.Change(step =>
        {
            step.Wish(heard);
            answers.ForEach(answer => answer(step));
        });
    }

    private static void Reply(LedgerStep step, Heard heard, int index, string? text)
    {
        if (text is not null)
        {
            step.Wish(new Effect.SayOnce(heard.Where, $"reply:{heard.Comment.Id}:{index}", text));
        }
    }
}

/// <summary>A command's circumstances.</summary>
/// <param name="Where">The issue or pull request that carries the comment, and the answer.</param>
/// <param name="About">The issue it is about.</param>
internal sealed record Heard(RepositoryRow Repository, Issue Issue, IssueNumber Where, IssueNumber About, Comment Comment, string By)
{
    /// <summary>When it was said.</summary>
    public DateTimeOffset At => Comment.CreatedAt ?? DateTimeOffset.MinValue;
}
