using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Holds;
using Muster.App.Outbox;
using Muster.App.Queues;
using Muster.App.Recorder;
using Muster.Core;
using Muster.Core.Contracts;
using Muster.Core.Recorder;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.App.Waves;

/// <summary>
/// One transaction over a repository's waves: the only code that writes the state of items, jobs and waves. Each
/// change goes through <see cref="Transitions"/> or <see cref="Leases"/>, and takes its events, outbox rows and bells
/// along.
/// </summary>
internal sealed class LedgerStep(SqliteConnection db, RepoId repo, DateTimeOffset now)
{
    public SqliteConnection Db => db;

    public RepoId Repo => repo;

    public DateTimeOffset Now => now;

    /// <summary>Joins the wave that is open, or opens one.</summary>
    public Wave JoinWave(string by, IssueNumber issue)
    {
        if (Rows.OpenWave(db, repo) is { } open)
        {
            var joined = open with { LastTrigger = now, RestSince = null };
            Save(joined);
            return joined;
        }

        var id = db.ExecuteScalar<long>("INSERT INTO waves(repo, state, data) VALUES (@repo, 'gathering', '{}') RETURNING id", new { repo = repo.Value });
        var wave = new Wave { Id = new WaveId(id), Repo = repo, Opened = now, OpenedBy = by, StatusIssue = issue, LastTrigger = now };
        Save(wave);
        Record(new FlightEvent.WaveOpened(by), wave.Id);
        return wave;
    }

    /// <summary>Accepts an issue into a wave. The unique index on live items keeps a second one out.</summary>
    public Item OpenItem(Wave wave, IssueNumber issue, Snapshot snapshot, string how, bool forced, AgentChoice? wish = null)
    {
        var generation = 1 + db.ExecuteScalar<int>("SELECT count(*) FROM items WHERE repo = @repo AND issue = @issue", new { repo = repo.Value, issue = issue.Value });
        var id = db.ExecuteScalar<long>(
            "INSERT INTO items(wave, repo, issue, generation, state, live, data) VALUES (@wave, @repo, @issue, @generation, 'proposed', 1, '{}') RETURNING id",
            new { wave = wave.Id.Value, repo = repo.Value, issue = issue.Value, generation });
        var item = new Item
        {
            Id = new ItemId(id),
            Wave = wave.Id,
            Repo = repo,
            Issue = issue,
            Generation = generation,
            Snapshot = snapshot,
            Forced = forced,
            Wish = wish,
        };
        Save(item);
        Record(new FlightEvent.TriggerAccepted(snapshot.TriggeredBy, how), wave.Id, item.Id);
        Wish(new Effect.ChangeLabels(issue, $"go:{generation}", [], [StateLabels.Go]), wave.Id);
        Wish(new Effect.PutStatus(wave.Id), wave.Id);
        Save(wave with { PlansWanted = wave.PlansWanted + 1 });
        return item;
    }

    /// <summary>Lets something happen to an item, with all that follows from it.</summary>
    public Item Happened(Item item, ItemEvent happened)
    {
        var step = Transitions.Apply(item, happened, item.Terms?.Limits ?? WorkLimits.Default);
        foreach (var said in step.Events)
        {
            Record(said, item.Wave, item.Id);
        }

        if (step.Item != item)
        {
            Save(step.Item);
        }

        if (step.StopJob)
        {
            foreach (var job in Rows.OpenJobs(db, item.Id))
            {
                Save(Leases.Kill(job));
                Bells.Silence(db, job.Id);
            }
        }

        if (step.Job is { } wanted)
        {
            Queue(step.Item, wanted);
        }

        foreach (var effect in step.Effects)
        {
            Wish(effect, item.Wave, effect is Effect.PutStatus or Effect.ChangeLabels ? null : item.Id);
        }

        if (step.Replan)
        {
            WantPlan();
        }

        if (step.Events.Count > 0 && Rows.Wave(db, item.Wave) is { State: WaveState.Closed, WithoutRetro: false })
        {
            Wish(new Effect.FileRetro(item.Wave), item.Wave);
        }

        return step.Item;
    }

    /// <summary>A new plan is due for every wave that has an item to place.</summary>
    public void WantPlan()
    {
        foreach (var id in db.Query<long>("SELECT DISTINCT wave FROM items WHERE repo = @repo AND state IN ('proposed', 'waiting')", new { repo = repo.Value }).AsList())
        {
            var wave = Rows.Wave(db, new WaveId(id))!;
            Save(wave with { PlansWanted = wave.PlansWanted + 1 });
        }
    }

    /// <summary>Ends the gathering at once: whoever asked for all of them waits for no more.</summary>
    public void CloseGathering()
    {
        if (Rows.OpenWave(db, repo) is { State: WaveState.Gathering } wave)
        {
            Save(wave with { Hurried = true });
        }
    }

    public void Wish(Effect effect, WaveId? wave = null, ItemId? item = null)
    {
        // A refusal is a stranger's doing, and must not stop anybody's work.
        var counts = effect is Effect.OpenPull || (effect is Effect.SayOnce once && !once.About.StartsWith(Effect.SayOnce.Refusal, StringComparison.Ordinal));
        if (counts && !OutboxRows.Knows(db, repo, effect))
        {
            var (issue, what) = effect is Effect.SayOnce say ? (say.Issue, Counted.Comment) : (((Effect.OpenPull)effect).Issue, Counted.Pull);
            Count(issue, what);
            if (effect is Effect.SayOnce && Breakers.Holds(db, repo, issue))
            {
                return;
            }
        }

        OutboxRows.Wish(db, now, repo, wave, item, effect);
    }

    /// <summary>Counts what is begun; where it is too much, says so once and stops.</summary>
    private void Count(IssueNumber issue, Counted what)
    {
        if (Breakers.Count(db, repo, issue, what, now) is var (id, why, whole))
        {
            Record(new FlightEvent.BreakerTripped(whole ? null : issue, why));
            OutboxRows.Wish(db, now, repo, null, null, new Effect.SayOnce(issue, $"breaker:{id}", CommentWords.Tripped(why)));
        }
    }

    public void Record(FlightEvent happened, WaveId? wave = null, ItemId? item = null, JobId? job = null) =>
        EventLog.Append(db, now, repo, wave, item, job, happened);

    public void Save(Wave wave) => db.Execute(
        "UPDATE waves SET state = @state, replan = @replan, data = @data WHERE id = @id",
        new { id = wave.Id.Value, state = Rows.Word(wave.State), replan = wave.Replan, data = WireJson.Write(wave) });

    public void Save(Job job) => db.Execute(
        "UPDATE jobs SET state = @state, epoch = @epoch, runner = @runner, lease_ends = @ends, not_before = @before, data = @data WHERE id = @id",
        new
        {
            id = job.Id.Value,
            state = Rows.Word(job.State),
            epoch = job.Epoch.Value,
            runner = job.Runner,
            ends = job.LeaseEnds,
            before = job.NotBefore,
            data = WireJson.Write(job),
        });

    private void Save(Item item) => db.Execute(
        "UPDATE items SET state = @state, live = @live, pull = @pull, data = @data WHERE id = @id",
        new { id = item.Id.Value, state = Rows.Word(item.State), live = item.IsLive, pull = item.Pull?.Value, data = WireJson.Write(item) });

    private void Queue(Item item, JobWanted wanted)
    {
        var id = db.ExecuteScalar<long>(
            "INSERT INTO jobs(item, wave, repo, kind, state, data) VALUES (@item, @wave, @repo, @kind, 'queued', '{}') RETURNING id",
            new { item = item.Id.Value, wave = item.Wave.Value, repo = repo.Value, kind = Rows.Word(wanted.Kind) });
        var job = new Job
        {
            Id = new JobId(id),
            Item = item.Id,
            Wave = item.Wave,
            Repo = repo,
            Issue = item.Issue,
            Wanted = wanted,
            Created = now,
            NotBefore = wanted.DelaySeconds > 0 ? now.AddSeconds(wanted.DelaySeconds) : null,
        };
        Save(job);
        Count(item.Issue, Counted.Run);
        Bells.Ring(db, job.Id, job.Epoch, job.NotBefore ?? now);
        Record(new FlightEvent.JobQueued(wanted.Kind, wanted.Round, wanted.Attempt), item.Wave, item.Id, job.Id);
    }
}
