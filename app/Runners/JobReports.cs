using Muster.App.GitHub;
using Muster.App.Mirror;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Gates;
using Muster.Core.Recorder;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.App.Runners;

/// <summary>Takes reports. What can be checked is checked from git before it is believed; the same report twice changes nothing.</summary>
internal sealed class JobReports(Ledger ledger, Mirrors mirrors, MirrorChange changes, JobPush pushes)
{
    public async Task<IResult> TakeAsync(JobId id, RunnerCall<ReportRequest> call, CancellationToken cancellationToken)
    {
        var held = await ledger.ReadAsync(
            db => JobClaims.Held(db, id, call.Runner, call.Body.Epoch) is { } job ? (Job: job, Item: Rows.Item(db, job.Item)!, Repository: Repositories.Find(db, job.Repo)!) : default,
            cancellationToken);
        if (held.Job is null)
        {
            return Answers.Stale();
        }

        var happened = await EventOfAsync(held.Job, held.Item, held.Repository, call.Body.Report, cancellationToken);
        if (happened is null)
        {
            return Answers.Unknown("The branch could not be read back from GitHub.");
        }

        CrashPoint.Here("app.before-report");
        var taken = await ledger.StepAsync(held.Repository.RepoId, step => Take(step, id, call, happened), cancellationToken);
        CrashPoint.Here("app.after-report");
        await pushes.RevokeAsync(id, cancellationToken);
        return taken ? Answers.Ok(new { }) : Answers.Stale();
    }

    private static bool Take(LedgerStep step, JobId id, RunnerCall<ReportRequest> call, ItemEvent happened)
    {
        if (JobClaims.Held(step.Db, id, call.Runner, call.Body.Epoch) is not { } job || Rows.Item(step.Db, job.Item) is not { } item)
        {
            return false;
        }

        step.Save(Leases.Settle(job));
        if (call.Body.Report.Run is { } run)
        {
            var seconds = Math.Max(0, (run.Ended - run.Started).TotalSeconds);
            step.Record(
                new FlightEvent.AgentEnded(job.Wanted.Kind, job.Wanted.Round, job.Wanted.Attempt, run.Outcome, seconds, run.OutputBytes),
                job.Wave,
                job.Item,
                job.Id);
        }

        step.Happened(item, happened);
        return true;
    }

    /// <summary>What the report means; null where it could not be checked.</summary>
    private async Task<ItemEvent?> EventOfAsync(Job job, Item item, RepositoryRow repository, JobReport report, CancellationToken cancellationToken) => report switch
    {
        JobReport.Implemented done when job.Wanted.Kind == JobKind.Implement => await CheckAsync(job, item, repository, done, cancellationToken),
        JobReport.GatesRefused { Gates.Passed: false } refused when job.Wanted.Kind == JobKind.Implement => new ItemEvent.WorkRefused(refused.Gates),
        JobReport.PushRejected rejected when job.Wanted.Kind == JobKind.Implement => new ItemEvent.PushLost(rejected.What),
        JobReport.Reviewed reviewed when job.Wanted.Kind == JobKind.Review && reviewed.Head == job.Wanted.Start =>
            new ItemEvent.Judged(VerdictMaker.Of(reviewed, job.Identity ?? "", job.Wanted.Authors)),
        JobReport.Failed failed => Failure(job, failed.Class, Say(failed)),
        _ => Failure(job, FailureClass.Crash, "The runner's report does not fit the job."),
    };

    private async Task<ItemEvent?> CheckAsync(Job job, Item item, RepositoryRow repository, JobReport.Implemented done, CancellationToken cancellationToken)
    {
        var fetched = await mirrors.FetchAsync(repository.Target, cancellationToken);
        var head = await fetched.ThenAsync(_ => mirrors.HeadAsync(repository.Target, item.Branch, cancellationToken));
        if (head is Answer<CommitSha>.Unknown)
        {
            return null;
        }

        if (head is not Answer<CommitSha>.Ok { Value: var stands } || stands != done.Head)
        {
            return new ItemEvent.PushLost($"The runner says that it pushed {done.Head.Abbreviated}, but the branch {item.Branch} does not stand there.");
        }

        var read = await changes.ReadAsync(repository.Target, job.Wanted.Base, job.Wanted.Start, done.Head, cancellationToken);
        if (read is not Answer<Change>.Ok { Value: var change })
        {
            return null;
        }

        var verdict = GateRun.Evaluate(change, done.Evidence, item.Terms!.Contract, item.Terms.Gates);
        return verdict.Passed
            ? new ItemEvent.WorkPassed(done.Head, job.Identity ?? "", ProofWords.Of(done.Evidence), verdict.Findings)
            : new ItemEvent.GatesDisagree(verdict);
    }

    private static ItemEvent Failure(Job job, FailureClass failure, string what) => job.Wanted.Kind == JobKind.Review
        ? new ItemEvent.ReviewFailed(failure, what)
        : new ItemEvent.WorkFailed(failure, what);

    private static string Say(JobReport.Failed failed) => failed.LastLines.Count == 0
        ? failed.What
        : $"{failed.What} Its last words: {string.Join(" / ", failed.LastLines.TakeLast(3))}";
}
