using Muster.GitHubSimulator.State;
using Muster.GitHubSimulator.Webhooks;

namespace Muster.GitHubSimulator.Serving;

/// <summary>What every endpoint works with.</summary>
internal sealed record Simulation(World World, Journal Journal, WebhookQueue Webhooks, Announcer Announce);
