using Muster.GitHubSimulator.Faults;
using Muster.GitHubSimulator.Limiting;
using Muster.GitHubSimulator.State;
using Muster.GitHubSimulator.Webhooks;

namespace Muster.GitHubSimulator.Serving;

/// <summary>What every endpoint works with.</summary>
internal sealed record Simulation(
    World World, Journal Journal, WebhookQueue Webhooks, Announcer Announce, FaultPlan Faults, LimitBook Limits)
{
    public StaleLists Lists { get; } = new();
}
