using System.Globalization;
using System.Text;
using Muster.Core.Wire;
using Muster.Runner.Configuration;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Agents;

/// <summary>How one agent is started. Pure: everything in it comes from the order and the runner's file.</summary>
/// <param name="Files">Paths of the host that its command line names, and that it must be able to read.</param>
public sealed record LaunchSpec(
    string Executable,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Files,
    ReadOnlyMemory<byte> Input)
{
    /// <summary>
    /// The harness <c>command</c>: any executable. The brief goes to standard input and never into an argument, where a
    /// text that begins with dashes would be taken for an option.
    /// </summary>
    public static LaunchSpec ForCommand(JobOrder order, AgentEntry agent, JobFolder folder, string brief)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(folder);
        var environment = new Dictionary<string, string>(SandboxEnvironment.For(folder.Agent.Home))
        {
            ["MUSTER_ROLE"] = agent.Role,
            ["MUSTER_ISSUE"] = Number(order.Issue.Value),
            ["MUSTER_JOB"] = Number(order.Job.Value),
            ["MUSTER_ATTEMPT"] = Number(order.Attempt),
            ["MUSTER_ROUND"] = Number(order.Round),
            ["MUSTER_OUTPUT"] = folder.EndReport,
        };
        return new LaunchSpec(
            agent.Command[0],
            [.. agent.Command.Skip(1)],
            environment,
            [.. agent.Command.Where(word => word.StartsWith('/'))],
            Encoding.UTF8.GetBytes(brief));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
