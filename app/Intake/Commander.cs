using System.Globalization;
using Muster.App.Facts;
using Muster.App.GitHub;
using Muster.App.Holds;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Commands;
using Muster.Core.Contracts;
using Muster.Core.Recorder;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Intake;

/// <summary>Does commands. The facts are gathered first; what comes back runs inside the step that marks the comment as taken.</summary>
internal sealed class Commander(IssuesApi issues, WriterComments comments, PlanPreview preview, CleanIssues clean)
{
    /// <summary>What to do and answer; an answer of null says nothing; null itself means that GitHub could not be asked.</summary>
    public async Task<Func<LedgerStep, string?>?> DoAsync(Heard heard, Command command, CancellationToken cancellationToken) => command switch
    {
        Command.Dispatch { Scope: DispatchScope.All all } dispatch => await AllAsync(heard, dispatch, all, cancellationToken),
        Command.Dispatch dispatch => await OneAsync(heard, Wish(dispatch.Provider, dispatch.Agent), forced: false, "dispatch", cancellationToken),
        Command.Retry retry => await OneAsync(heard, Wish(retry.Provider, retry.Agent), forced: true, "retry", cancellationToken),
        Command.Plan when heard.Issue.IsPull && heard.About == heard.Where => _ => ReplyWords.NoIssue(heard.About),
        Command.Plan => await preview.OfAsync(heard.Repository, heard.About, cancellationToken) is { } text ? _ => text : null,
        Command.Status => step => Status(step, heard),
        Command.Cancel => step => Cancel(step, heard),
        Command.Release release => step => Release(step, heard, release.Issue ?? heard.About),
        Command.Pause pause => step => Pause(step, heard, pause),
        Command.Unpause => step => Resume(step, heard),
        Command.Help => _ => CommandHelp.Text,
        Command.Unknown unknown => _ => ReplyWords.Unknown(unknown),
        _ => _ => ReplyWords.Later(CommandTable.Entries.First(e => e.Kind == command.GetType()).Name),
    };

    private async Task<Func<LedgerStep, string?>?> OneAsync(Heard heard, AgentChoice? wish, bool forced, string how, CancellationToken cancellationToken)
    {
        var found = await issues.GetAsync(heard.Repository.Target, heard.About, cancellationToken);
        if (found is not Answer<Issue>.Ok { Value: var now })
        {
            return found is Answer<Issue>.Unknown ? null : _ => ReplyWords.NotThere(heard.About);
        }

        if (now.IsPull || !now.IsOpen)
        {
            return _ => ReplyWords.NotStartable(heard.About, now.IsPull);
        }

        if (heard.About != heard.Where && Touched(now, heard))
        {
            return _ => ReplyWords.Touched([heard.About]);
        }

        // What is asked for is the text as it was when the comment was made; a comment on a pull request does not carry it.
        var issue = heard.About == heard.Where ? heard.Issue : now;
        if (await comments.BeforeAsync(heard.Repository, heard.About, heard.At, cancellationToken) is not { } said)
        {
            return null;
        }

        var trigger = new Trigger(issue, heard.By, how, heard.At, said, forced, wish);
        return step =>
        {
            return trigger.Accept(step) switch
            {
                (null, _) => ReplyWords.Overtaken(),
                ({ State: ItemState.Proposed }, true) => null,
                ({ } item, true) => ReplyWords.GoesOn(item),
                ({ State: ItemState.Proposed or ItemState.Waiting } item, false) when forced => ReplyWords.PlannedAgain(item),
                ({ } item, false) => ReplyWords.AlreadyLive(item),
            };
        };
    }

    private async Task<Func<LedgerStep, string?>?> AllAsync(Heard heard, Command.Dispatch dispatch, DispatchScope.All all, CancellationToken cancellationToken)
    {
        if (await clean.OfAsync(heard.Repository, all.Label, cancellationToken) is not { } found)
        {
            return null;
        }

        var wish = Wish(dispatch.Provider, dispatch.Agent);
        return step =>
        {
            var idle = found.Issues.Where(i => Rows.LiveItem(step.Db, step.Repo, new IssueNumber(i.Number)) is null).ToLookup(i => Touched(i, heard));
            var (free, touched) = (idle[false].ToList(), idle[true].Select(i => new IssueNumber(i.Number)).ToList());
            var started = free.Where(i => !Latest.After(step.Db, step.Repo, Latest.Stop(new IssueNumber(i.Number)), heard.At)).Take(found.Most).ToList();
            foreach (var issue in started)
            {
                new Trigger(issue, heard.By, "dispatch all", heard.At, [], Wish: wish).Accept(step);
            }

            if (started.Count == 0)
            {
                return touched.Count > 0 ? ReplyWords.Touched(touched) : ReplyWords.NothingClean(all.Label);
            }

            step.CloseGathering();
            var said = ReplyWords.StartedAll([.. started.Select(i => new IssueNumber(i.Number))], free.Count - started.Count);
            return touched.Count > 0 ? $"{said}\n\n{ReplyWords.Touched(touched)}" : said;
        };
    }

    private static string Status(LedgerStep step, Heard heard)
    {
        var wave = Rows.LatestItem(step.Db, step.Repo, heard.About) is { } item
            ? Rows.Wave(step.Db, item.Wave)
            : Rows.LatestWave(step.Db, step.Repo);
        return wave is null
            ? ReplyWords.NoWave()
            : StatusWords.Comment(wave, Rows.ItemsOfWave(step.Db, wave.Id), HoldWords(step));
    }

    private static string Cancel(LedgerStep step, Heard heard)
    {
        var item = Rows.LatestItem(step.Db, step.Repo, heard.About);
        Latest.Note(step.Db, step.Repo, Latest.Stop(heard.About), heard.At);
        if (Latest.After(step.Db, step.Repo, Latest.Start(heard.About), heard.At))
        {
            return ReplyWords.Overtaken();
        }

        if (item is null || (!item.IsLive && !(item.State == ItemState.Parked && item.PullOpen)))
        {
            return ReplyWords.NothingToCancel(heard.About);
        }

        return ReplyWords.Cancelled(step.Happened(item, new ItemEvent.CancelAsked(heard.By)));
    }

    private static string Release(LedgerStep step, Heard heard, IssueNumber issue)
    {
        if (Rows.LiveItem(step.Db, step.Repo, issue) is not { State: ItemState.Waiting } item)
        {
            return ReplyWords.NotWaiting(issue);
        }

        return ReplyWords.Released(step.Happened(item, new ItemEvent.ReleaseAsked(heard.By, [])));
    }

    private static string Pause(LedgerStep step, Heard heard, Command.Pause pause)
    {
        Latest.Note(step.Db, step.Repo, Latest.Pause, heard.At);
        if (Latest.After(step.Db, step.Repo, Latest.Resume, heard.At))
        {
            return ReplyWords.Overtaken();
        }

        // From the asking on: a pause that is told of late ends when it was meant to.
        DateTimeOffset? until = pause.For is { } length ? heard.At + length : null;
        if (until <= step.Now)
        {
            return ReplyWords.PauseOver();
        }

        HoldRows.Pause(step.Db, step.Repo, step.Now, heard.By, pause.Reason, until);
        step.Record(new FlightEvent.PersonActed("pause", heard.By, true));
        ShowHold(step);
        return ReplyWords.Paused(until is { } at ? string.Create(CultureInfo.InvariantCulture, $" until {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : null);
    }

    private static string Resume(LedgerStep step, Heard heard)
    {
        Latest.Note(step.Db, step.Repo, Latest.Resume, heard.At);
        if (Latest.After(step.Db, step.Repo, Latest.Pause, heard.At))
        {
            return ReplyWords.Overtaken();
        }

        var broken = Breakers.Reset(step.Db, step.Repo, heard.About, step.Now);
        var lifted = broken + HoldRows.Resume(step.Db, step.Repo, step.Now);
        step.Record(new FlightEvent.PersonActed("resume", heard.By, true));
        ShowHold(step);
        return ReplyWords.Resumed(lifted);
    }

    private static void ShowHold(LedgerStep step)
    {
        if (Rows.LatestWave(step.Db, step.Repo) is { } wave)
        {
            step.Wish(new Effect.PutStatus(wave.Id), wave.Id);
        }
    }

    private static string? HoldWords(LedgerStep step) => HoldRows.Standing(step.Db, step.Repo, step.Now)?.Sentence;

    /// <summary>A text that is fetched after somebody asked may be another by then: nobody with the right has seen that one.</summary>
    private static bool Touched(Issue fetched, Heard heard) => fetched.UpdatedAt > heard.At;

    private static AgentChoice? Wish(string? provider, string? agent) =>
        provider is null && agent is null ? null : new AgentChoice(provider, agent);
}
