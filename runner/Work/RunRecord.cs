using Muster.Core.Wire;
using Muster.Runner.Agents;

namespace Muster.Runner.Work;

/// <summary>Writes down how an agent ran.</summary>
public static class RunRecord
{
    public static AgentRun Of(Prepared job, AgentEnd end, AgentOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(end);
        return new AgentRun(
            job.Agent.Id,
            job.Agent.Identity,
            job.Agent.Model,
            end.Started,
            end.Ended,
            outcome,
            end.Stopped == StopReason.None ? end.ExitCode : null,
            end.Output.Total + end.Errors.Total);
    }
}
