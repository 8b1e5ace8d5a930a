using Microsoft.Extensions.Logging;
using Muster.Core;
using Muster.Core.Wire;
using Muster.Runner.Configuration;
using Muster.Runner.Sandbox;
using Muster.Runner.Work;

namespace Muster.Runner.Loop;

/// <summary>Works off one claim under its lease and reports. It ends quietly: whatever goes wrong concerns this job alone.</summary>
public sealed partial class SlotWork(
    AppClient app, JobRunner jobs, CrashPoint crash, RunnerSettings settings, TimeProvider clock, ILogger<SlotWork> logger)
{
    // An app that is away longer than this has given the job to somebody else.
    private static readonly TimeSpan ReportFor = TimeSpan.FromMinutes(15);

    /// <param name="stoppingToken">Drain: the job goes on for the grace, then is given back.</param>
    public async Task RunAsync(ClaimAnswer claim, int slot, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var order = claim.Order;
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["repo"] = order.Repository, ["issue"] = order.Issue, ["job"] = order.Job, ["attempt"] = order.Attempt });
        Claimed(order.Job, order.Epoch, order.Kind, order.Repository, order.Issue, slot);
        crash.Here("runner.after-claim");
        var calls = new JobCalls(app, order.Job, order.Epoch, clock);
        await using var lease = new Lease(calls, TimeSpan.FromSeconds(claim.LeaseSeconds), clock, logger);
        var user = SlotUsers.Of(slot, settings.SlotUid) with { Contained = order.Public || settings.Sandbox == SandboxMode.Required };
        var report = await WorkAsync(order, user, calls, lease, stoppingToken);
        crash.Here("runner.before-report");
        if (report is not null)
            await ReportAsync(calls, report, lease);
        crash.Here("runner.after-report");
    }

    private async Task<JobReport?> WorkAsync(JobOrder order, SlotUser user, JobCalls calls, Lease lease, CancellationToken stoppingToken)
    {
        using var grace = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Over, grace.Token);
        await using var draining = stoppingToken.Register(() => _ = EndGraceAsync(grace, either.Token));
        try
        {
            return await jobs.RunAsync(order, user, calls, either.Token);
        }
        catch (OperationCanceledException) when (lease.Over.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return new JobReport.Failed(FailureClass.Drained, "The runner is going away.", []);
        }
        catch (AppRefusedException e)
        {
            Dropped(order.Job, e.Message);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The one place where what nobody foresaw ends: it costs this job, and neither its neighbours nor the runner.
            Unforeseen(e, order.Job);
            return new JobReport.Failed(FailureClass.Host, $"The runner failed: {e.Message}", []);
        }
    }

    // Scheduled on the clock that everything else goes by.
    private async Task EndGraceAsync(CancellationTokenSource grace, CancellationToken over)
    {
        try
        {
            await Task.Delay(settings.DrainGrace, clock, over);
            await grace.CancelAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The job ended before its grace did.
        }
    }

    private async Task ReportAsync(JobCalls calls, JobReport report, Lease lease)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(10));
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                var taken = await calls.ReportAsync(report, CancellationToken.None);
                Reported(calls.Job, report.GetType().Name, taken);
                return;
            }
            catch (AppUnreachableException e) when (clock.GetElapsedTime(since) < ReportFor && lease.End == LeaseEnd.Held)
            {
                NotReported(calls.Job, e.Message);
                await Task.Delay(backoff.Next(), clock);
            }
            catch (Exception e) when (e is AppUnreachableException or AppRefusedException)
            {
                Dropped(calls.Job, e.Message);
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Claimed {Job} {Epoch}: {Kind} {Repo}{Issue} on slot {Slot}")]
    private partial void Claimed(JobId job, Epoch epoch, JobKind kind, RepoName repo, IssueNumber issue, int slot);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reported {Job}: {Report}, taken: {Taken}")]
    private partial void Reported(JobId job, string report, bool taken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The report of {Job} was not taken: {Why}")]
    private partial void NotReported(JobId job, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} ran into a fault of the runner")]
    private partial void Unforeseen(Exception fault, JobId job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} is dropped: {Why}")]
    private partial void Dropped(JobId job, string why);
}
