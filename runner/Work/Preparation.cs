using Muster.Core.Wire;
using Muster.Runner.Agents;
using Muster.Runner.Configuration;
using Muster.Runner.Loop;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Work;

/// <summary>A job that is ready for its agent.</summary>
public sealed record Prepared(JobOrder Order, AgentEntry Agent, JobFolder Folder, Placed Placed, LaunchSpec Launch);

/// <summary>Gets mirror, checkout and brief ready.</summary>
public sealed class Preparation(RunnerHome home, RunnerFile file, MirrorStore mirrors, Checkouts checkouts, Brief briefs)
{
    public async Task<Prepared> PrepareAsync(JobOrder order, SlotUser user, JobCalls calls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(calls);
        var agent = file.Find(order.Agent) ?? throw new UnknownAgentException(order.Agent);
        var mirror = await mirrors.EnsureAsync(order, calls.FetchTokenAsync, cancellationToken);
        var folder = new JobFolder(home.Job(order));
        folder.Make(user);
        await checkouts.MakeAsync(folder.Agent, order.Start, [Path.Combine(mirror, "objects")], user, cancellationToken);
        var brief = await briefs.FinishAsync(order, mirror, cancellationToken);
        return new Prepared(order, agent, folder, new Placed(mirror, user), LaunchSpec.ForCommand(order, agent, folder, brief));
    }
}

/// <summary>The app names an agent that this runner's file does not have.</summary>
public sealed class UnknownAgentException(string agent) : Exception($"This runner has no agent '{agent}'.");
