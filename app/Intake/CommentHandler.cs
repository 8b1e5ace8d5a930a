using Muster.App.GitHub;
using Muster.App.Outbox;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;
using Muster.Core.Commands;
using Muster.Core.Waves;

namespace Muster.App.Intake;

/// <summary>New comments: commands of people with write access are done and answered, others get one refusal an hour, machines none.</summary>
internal sealed class CommentHandler(Ledger ledger, Permissions permissions, Commander commander)
{
    public async Task<Taken> CreatedAsync(Payload payload, Issue issue, Comment comment, CancellationToken cancellationToken)
    {
        if (!payload.IsPerson() || comment.User is not { IsPerson: true })
        {
            return new Taken.Nothing("Machines do not command.");
        }

        if (CommandParser.Parse(comment.Body ?? "") is not { Count: > 0 } said)
        {
            return new Taken.Nothing("No command in it.");
        }

        var repository = await ledger.ReadAsync(db => Repositories.Find(db, new RepoId(payload.Repository!.Id))!, cancellationToken);
        var number = new IssueNumber(issue.Number);
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
        var heard = new Heard(repository, issue, number, about, comment, payload.Login());
        var answers = new List<Action<LedgerStep>>();
        foreach (var (command, index) in said.Select((c, i) => (c, i)))
        {
            if (await commander.DoAsync(heard, command, cancellationToken) is not { } answer)
            {
                return new Taken.Unknown("GitHub could not be asked.");
            }

            answers.Add(step => Reply(step, heard, index, answer(step)));
        }

        return new Taken.Change(step =>
        {
            // A comment is heard once, under whatever delivery id it comes: the signature does not cover that header.
            var eyes = new Effect.React(number, comment.Id);
            if (OutboxRows.Knows(step.Db, step.Repo, eyes))
            {
                return;
            }

            step.Wish(eyes);
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
internal sealed record Heard(RepositoryRow Repository, Issue Issue, IssueNumber Where, IssueNumber About, Comment Comment, string By);
