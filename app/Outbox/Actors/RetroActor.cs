using Muster.App.GitHub;
using Muster.App.Recorder;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Retro;
using Muster.Core.Waves;

namespace Muster.App.Outbox.Actors;

/// <summary>Files the retro issue of a wave, once; when items end later the same issue is edited.</summary>
internal sealed class RetroActor(IssuesApi issues, Identities identities, Markers markers, Ledger ledger) : EffectActor<Effect.FileRetro>
{
    protected override async Task<Seen> ProbeAsync(Act<Effect.FileRetro> act, CancellationToken cancellationToken)
    {
        if (act.Earlier is { Number: not null })
        {
            return new Seen.Absent();
        }

        var self = await identities.SelfAsync(GitHubIdentity.Author, cancellationToken);
        var listed = await self.ThenAsync(async me =>
            (await issues.ByLabelAsync(act.Target, StateLabels.Retro, me.BotLogin, cancellationToken)).Select(all => (me, all)));
        return Seen.Of(listed, found => found.all
            .FirstOrDefault(i => markers.IsOurs(act.Repository.RepoId, act.Key, i.Body, i.User, found.me.BotLogin)) is { } issue
            ? new Receipt(issue.Number)
            : null);
    }

    protected override async Task<Acted> ApplyAsync(Act<Effect.FileRetro> act, CancellationToken cancellationToken)
    {
        var story = await ledger.ReadAsync(db => WaveRecord.Read(db, act.Effect.Wave), cancellationToken);
        var (title, body) = (RetroReport.Title(story), markers.Sign(act.Repository.RepoId, act.Key, RetroReport.Body(story)));
        var answer = act.Earlier is { Number: { } number }
            ? await issues.EditAsync(act.Target, new IssueNumber((int)number), new IssueEdit(title, body), cancellationToken)
            : await issues.CreateAsync(act.Target, new NewIssue(title, body, [StateLabels.Retro]), cancellationToken);
        return Acted.Of(answer, issue => new Receipt(issue.Number));
    }
}
