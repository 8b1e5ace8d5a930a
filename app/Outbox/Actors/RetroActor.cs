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
    public override bool Makes(OutboxRow row) => row.Earlier?.Number is null;

    /// <summary>GitHub lets no App delete an issue: the other one is closed, says which counts, and is no retro any more.</summary>
    protected override async Task<bool> TidyAsync(Act<Effect.FileRetro> act, CancellationToken cancellationToken)
    {
        if (await OursAsync(act, cancellationToken) is not Answer<List<Issue>>.Ok { Value: var found })
        {
            return false;
        }

        var keep = found.Find(i => i.Number == act.Earlier?.Number) ?? found.FirstOrDefault();
        var tidy = true;
        foreach (var extra in found.Where(i => i != keep).Select(i => new IssueNumber(i.Number)))
        {
            var edit = new IssueEdit(Body: $"Filed twice by mistake. The retro of this wave is #{keep!.Number}.", State: "closed");
            tidy &= await issues.EditAsync(act.Target, extra, edit, cancellationToken) is Answer<Issue>.Ok
                && await issues.RemoveLabelAsync(act.Target, extra, StateLabels.Retro, cancellationToken) is Answer<Done>.Ok or Answer<Done>.NotFound;
        }

        return tidy;
    }

    private async Task<Answer<List<Issue>>> OursAsync(Act<Effect.FileRetro> act, CancellationToken cancellationToken)
    {
        var self = await identities.SelfAsync(GitHubIdentity.Author, act.Target, cancellationToken);
        return await self.ThenAsync(async me => (await issues.ByLabelAsync(act.Target, StateLabels.Retro, me.Login, cancellationToken))
            .Select(all => all.Where(i => markers.IsOurs(act.Repository.RepoId, act.Key, i.Body, i.User, me)).OrderBy(i => i.Number).ToList()));
    }

    protected override async Task<Seen> ProbeAsync(Act<Effect.FileRetro> act, CancellationToken cancellationToken)
    {
        if (act.Earlier is { Number: not null })
        {
            return new Seen.Absent();
        }

        return Seen.Of(await OursAsync(act, cancellationToken), found => found is [var issue, ..] ? new Receipt(issue.Number) : null);
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
