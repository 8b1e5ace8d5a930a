using Muster.Core.Wire;
using Muster.Runner.Agents;
using Muster.Runner.Configuration;
using Muster.Runner.Evidence;
using Muster.Runner.Loop;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Work;

/// <summary>One claimed job from its order to its report. Every way it can fail has a class and a sentence.</summary>
public sealed class JobRunner(Preparation preparation, AgentRunner agents, ImplementWork implement, RunnerHome home, CrashPoint crash)
{
    /// <exception cref="OperationCanceledException">Told to stop; nothing was published after that.</exception>
    public async Task<JobReport> RunAsync(JobOrder order, SlotUser user, JobCalls calls, CancellationToken cancellationToken)
    {
        try
        {
            OrderCheck.ThrowIfUnusable(order);
            var job = await PrepareAsync(order, user, calls, cancellationToken);
            var end = await RunAgentAsync(job, calls, cancellationToken);
            crash.Here("runner.after-agent");
            if (!end.SandboxStood)
                throw SandboxFailure.Explain(string.Join(' ', end.Errors.LastLines(3)));
            return order.Kind == JobKind.Review
                ? ReviewWork.Judge(job, end)
                : await implement.JudgeAsync(job, end, calls, cancellationToken);
        }
        catch (SandboxUnavailableException e)
        {
            return Failed(FailureClass.Host, $"This host cannot sandbox: {e.Message}. Mend it with: {e.Remedy}");
        }
        catch (UnusableOrderException e)
        {
            return Failed(FailureClass.Host, e.Message);
        }
        catch (UnknownAgentException e)
        {
            return Failed(FailureClass.Launch, e.Message);
        }
        catch (BaseException e)
        {
            return Failed(FailureClass.Base, e.Message);
        }
        catch (TakeoverException e)
        {
            return Failed(FailureClass.Crash, $"The work cannot be taken over: {e.Message}.");
        }
        catch (Exception e) when (e is GitException or IOException or UnauthorizedAccessException)
        {
            return Failed(FailureClass.Host, $"The runner's host failed: {e.Message}");
        }
        finally
        {
            Remove(new JobFolder(home.Job(order)));
        }
    }

    private async Task<Prepared> PrepareAsync(JobOrder order, SlotUser user, JobCalls calls, CancellationToken cancellationToken)
    {
        try
        {
            return await preparation.PrepareAsync(order, user, calls, cancellationToken);
        }
        catch (GitException e) when (e is not RemoteException)
        {
            throw new BaseException($"{order.Repository} cannot be fetched or checked out: {e.Message}", e);
        }
    }

    private async Task<AgentEnd> RunAgentAsync(Prepared job, JobCalls calls, CancellationToken cancellationToken)
    {
        // The app only notes the time, so an agent does not wait for its answer.
        var telling = Task.CompletedTask;
        var end = await agents.RunAsync(
            job.Order, job.Launch, job.Folder, job.Placed, spawn => telling = TellAsync(job, calls, spawn, cancellationToken), cancellationToken);
        await telling;
        return end;
    }

    private static async Task TellAsync(Prepared job, JobCalls calls, TimeSpan spawn, CancellationToken cancellationToken)
    {
        try
        {
            await calls.StartedAsync(job.Agent.Id, job.Agent.Identity, spawn, cancellationToken);
        }
        catch (Exception e) when (e is AppUnreachableException or AppRefusedException)
        {
            // If the claim is lost, the lease will say so; if only the app is away, the work need not stop for it.
        }
    }

    private static void Remove(JobFolder folder)
    {
        try
        {
            folder.Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Swept at the next start; the job's result is worth more than a clean disk.
        }
    }

    private static JobReport.Failed Failed(FailureClass failure, string what) => new(failure, what, []);

    private sealed class BaseException(string message, Exception inner) : Exception(message, inner);
}
