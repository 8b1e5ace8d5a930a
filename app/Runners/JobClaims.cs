using Microsoft.Data.Sqlite;
using Muster.App.Holds;
using Muster.App.Queues;
using Muster.App.Settings;
using Muster.App.Telemetry;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Recorder;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Runners;

/// <summary>Claims, renewals and starts: what moves a job between queue and runner.</summary>
internal sealed class JobClaims(Ledger ledger, Doorbell doorbell, JobOrders orders, AppSettings settings, Timings timings)
{
    /// <summary>A runner that shows up with new slots or agents may let waiting items start.</summary>
    public async Task SeenAsync(RunnerRow runner, PollRequest poll, CancellationToken cancellationToken)
    {
        var changed = await ledger.StepQuietlyAsync(db =>
        {
            var before = WireJson.Write(RunnerRegistry.AliveAt(db, ledger.Now));
            RunnerRegistry.Seen(db, ledger.Now, runner.Id, poll.Info);
            return before != WireJson.Write(RunnerRegistry.AliveAt(db, ledger.Now));
        }, cancellationToken);
        foreach (var repository in changed ? await ledger.ReadAsync(Repositories.All, cancellationToken) : [])
        {
            await ledger.StepAsync(repository.RepoId, step => step.WantPlan(), cancellationToken);
        }
    }

    public Task<IResult> ClaimAsync(JobId id, RunnerCall<ClaimRequest> call, CancellationToken cancellationToken) =>
        timings.MeasureAsync("5 claim", () => AnswerClaimAsync(id, call, cancellationToken));

    private async Task<IResult> AnswerClaimAsync(JobId id, RunnerCall<ClaimRequest> call, CancellationToken cancellationToken)
    {
        var bell = call.Body.Bell;
        if (bell.Job != id || !doorbell.IsOurs(bell) || await RepoOfAsync(id, cancellationToken) is not { } repo)
        {
            return Answers.Stale();
        }

        CrashPoint.Here("app.before-claim");
        var order = await ledger.StepAsync(repo, step => Claim(step, id, call), cancellationToken);
        CrashPoint.Here("app.after-claim");
        return order is null ? Answers.Stale() : Answers.Ok(new ClaimAnswer(order, settings.Durations.Lease.TotalSeconds));
    }

    /// <summary>Renews the lease; a job that was cancelled meanwhile is told to stop.</summary>
    public async Task<IResult> RenewAsync(JobId id, RunnerCall<EpochRequest> call, CancellationToken cancellationToken) =>
        await ledger.ReadAsync(db => Rows.Job(db, id), cancellationToken) is { State: JobState.Dead } dead && dead.Epoch == call.Body.Epoch
            ? Answers.Ok(new RenewAnswer(0, Stop: true))
            : await RenewHeldAsync(id, call, cancellationToken);

    private Task<IResult> RenewHeldAsync(JobId id, RunnerCall<EpochRequest> call, CancellationToken cancellationToken) =>
        HeldAsync(id, call.Runner, call.Body.Epoch, (step, job) =>
        {
            step.Save(Leases.Renew(job, step.Now, settings.Durations.Lease));
            RunnerRegistry.Touch(step.Db, step.Now, call.Runner.Id);
            return Answers.Ok(new RenewAnswer(settings.Durations.Lease.TotalSeconds, Stop: false));
        }, cancellationToken);

    public Task<IResult> StartedAsync(JobId id, RunnerCall<StartedRequest> call, CancellationToken cancellationToken) =>
        HeldAsync(id, call.Runner, call.Body.Epoch, (step, job) =>
        {
            timings.Add("6 spawn", TimeSpan.FromSeconds(call.Body.SpawnSeconds));
            step.Record(new FlightEvent.AgentStarted(job.Wanted.Kind, job.Wanted.Round, job.Wanted.Attempt, job.Identity ?? ""), job.Wave, job.Item, job.Id);
            return Answers.Ok(new { });
        }, cancellationToken);

    /// <summary>Does something for a job in one transaction, if this claim still speaks for it.</summary>
    public async Task<IResult> HeldAsync(JobId id, RunnerRow runner, Epoch epoch, Func<LedgerStep, Job, IResult> act, CancellationToken cancellationToken) =>
        await RepoOfAsync(id, cancellationToken) is { } repo
            ? await ledger.StepAsync(repo, step => Held(step.Db, id, runner, epoch) is { } job ? act(step, job) : Answers.Stale(), cancellationToken)
            : Answers.Stale();

    /// <summary>The job, if this claim still speaks for it.</summary>
    public static Job? Held(SqliteConnection db, JobId id, RunnerRow runner, Epoch epoch) =>
        Rows.Job(db, id) is { } job && Leases.Holds(job, runner.Id, epoch) ? job : null;

    private Task<RepoId?> RepoOfAsync(JobId id, CancellationToken cancellationToken) =>
        ledger.ReadAsync(db => Rows.Job(db, id)?.Repo, cancellationToken);

    private JobOrder? Claim(LedgerStep step, JobId id, RunnerCall<ClaimRequest> call)
    {
        var info = call.Runner.RunnerInfo;
        if (info is null || Rows.Job(step.Db, id) is not { } job || HoldRows.Holds(step.Db, job, step.Now)
            || Doorbell.Player(step.Db, job, info, step.Now) is not { } player
            || Leases.Claim(job, call.Body.Bell.Epoch, call.Runner.Id, player.Id, player.Identity, step.Now, settings.Durations.Lease) is not { } claimed)
        {
            return null;
        }

        step.Save(claimed);
        Bells.Silence(step.Db, id);
        step.Record(new FlightEvent.JobLeased(job.Wanted.Kind, claimed.Epoch, call.Runner.Name, player.Id), job.Wave, job.Item, job.Id);
        return orders.Write(step.Db, claimed);
    }
}
