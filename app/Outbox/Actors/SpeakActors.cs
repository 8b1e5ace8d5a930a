using System.Security.Cryptography;
using System.Text;
using Muster.App.GitHub;
using Muster.App.Holds;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Outbox.Actors;

/// <summary>Finds comments of ours again by their markers.</summary>
internal sealed class OwnComments(CommentsApi comments, Identities identities, Markers markers)
{
    public async Task<Seen> FindAsync(RepositoryRow repository, IssueNumber issue, string key, CancellationToken cancellationToken) =>
        Seen.Of(await ListAsync(repository, issue, key, cancellationToken), found => found is [var comment, ..] ? new Receipt(comment.Id) : null);

    /// <summary>Deletes all of a comment but the one that the receipt names.</summary>
    public async Task<bool> TidyAsync(RepositoryRow repository, IssueNumber issue, string key, Receipt? receipt, CancellationToken cancellationToken)
    {
        if (await ListAsync(repository, issue, key, cancellationToken) is not Answer<List<Comment>>.Ok { Value: var found })
        {
            return false;
        }

        var keep = found.Find(c => c.Id == receipt?.Number) ?? found.FirstOrDefault();
        var tidy = true;
        foreach (var extra in found.Where(c => c != keep))
        {
            tidy &= await comments.DeleteAsync(repository.Target, extra.Id, cancellationToken) is Answer<Done>.Ok or Answer<Done>.NotFound;
        }

        return tidy;
    }

    private async Task<Answer<List<Comment>>> ListAsync(RepositoryRow repository, IssueNumber issue, string key, CancellationToken cancellationToken)
    {
        var self = await identities.SelfAsync(GitHubIdentity.Author, repository.Target, cancellationToken);
        return await self.ThenAsync(async me => (await comments.ListAsync(repository.Target, issue, null, cancellationToken))
            .Select(all => all.Where(c => markers.IsOurs(repository.RepoId, key, c.Body, c.User, me)).ToList()));
    }

    public async Task<Acted> MakeAsync(RepositoryRow repository, IssueNumber issue, string key, string text, CancellationToken cancellationToken) =>
        Acted.Of(
            await comments.CreateAsync(repository.Target, issue, markers.Sign(repository.RepoId, key, text), cancellationToken),
            comment => new Receipt(comment.Id, Shown: Hash(text)));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}

/// <summary>A comment that is made once.</summary>
internal sealed class SayActor(OwnComments own) : EffectActor<Effect.SayOnce>
{
    protected override Task<bool> TidyAsync(Act<Effect.SayOnce> act, CancellationToken cancellationToken) =>
        own.TidyAsync(act.Repository, act.Effect.Issue, act.Key, act.Earlier, cancellationToken);

    protected override Task<Seen> ProbeAsync(Act<Effect.SayOnce> act, CancellationToken cancellationToken) =>
        own.FindAsync(act.Repository, act.Effect.Issue, act.Key, cancellationToken);

    protected override Task<Acted> ApplyAsync(Act<Effect.SayOnce> act, CancellationToken cancellationToken) =>
        own.MakeAsync(act.Repository, act.Effect.Issue, act.Key, act.Effect.Body, cancellationToken);
}

/// <summary>The one status comment of a wave, edited in place.</summary>
internal sealed class StatusActor(OwnComments own, CommentsApi comments, Markers markers, Ledger ledger) : EffectActor<Effect.PutStatus>
{
    public override bool Makes(OutboxRow row) => row.Earlier?.Number is null;

    protected override async Task<bool> TidyAsync(Act<Effect.PutStatus> act, CancellationToken cancellationToken) =>
        await own.TidyAsync(act.Repository, (await WaveAsync(act, cancellationToken)).StatusIssue, act.Key, act.Earlier, cancellationToken);

    protected override async Task<Seen> ProbeAsync(Act<Effect.PutStatus> act, CancellationToken cancellationToken)
    {
        if (act.Earlier is not { Number: { } number } earlier)
        {
            return await own.FindAsync(act.Repository, (await WaveAsync(act, cancellationToken)).StatusIssue, act.Key, cancellationToken);
        }

        var text = await TextAsync(act, cancellationToken);
        return earlier.Shown == OwnComments.Hash(text) ? new Seen.Found(earlier with { Number = number }) : new Seen.Absent();
    }

    protected override async Task<Acted> ApplyAsync(Act<Effect.PutStatus> act, CancellationToken cancellationToken)
    {
        var text = await TextAsync(act, cancellationToken);
        var wave = await WaveAsync(act, cancellationToken);
        if (act.Earlier is not { Number: { } number })
        {
            return await own.MakeAsync(act.Repository, wave.StatusIssue, act.Key, text, cancellationToken);
        }

        var edited = await comments.EditAsync(act.Target, number, markers.Sign(act.Repository.RepoId, act.Key, text), cancellationToken);
        return edited is Answer<Comment>.NotFound
            ? new Acted.Made(act.Earlier with { Shown = OwnComments.Hash(text) }) // A person deleted it, and that is respected.
            : Acted.Of(edited, comment => new Receipt(comment.Id, Shown: OwnComments.Hash(text)));
    }

    private Task<Wave> WaveAsync(Act<Effect.PutStatus> act, CancellationToken cancellationToken) =>
        ledger.ReadAsync(db => Rows.Wave(db, act.Effect.Wave)!, cancellationToken);

    private Task<string> TextAsync(Act<Effect.PutStatus> act, CancellationToken cancellationToken) => ledger.ReadAsync(
        db => StatusWords.Comment(
            Rows.Wave(db, act.Effect.Wave)!,
            Rows.ItemsOfWave(db, act.Effect.Wave),
            HoldRows.Standing(db, act.Repository.RepoId, ledger.Now)?.Sentence),
        cancellationToken);
}
