using Muster.Core.Wire;

namespace Muster.Runner.Configuration;

/// <summary>runner.yml, typed: which providers there are, who plays which role, what sandboxes may see beyond the job.</summary>
public sealed record RunnerFile(IReadOnlyList<ProviderEntry> Providers, IReadOnlyList<AgentEntry> Agents, SandboxEntry Sandbox)
{
    public AgentEntry? Find(string id) => Agents.FirstOrDefault(a => a.Id == id);

    /// <summary>What the app is told of. A role that no job asks for yet is read and checked, but not offered.</summary>
    public IReadOnlyList<AgentInfo> Offered() =>
        [.. from agent in Agents
            let kind = agent.Kind
            where kind.HasValue
            select new AgentInfo(agent.Id, kind.Value, agent.Harness, agent.Identity, agent.Provider, agent.Model)];
}

/// <summary>Where a model is served. All of it is null for a name without a model.</summary>
public sealed record ProviderEntry(string Name, string? Protocol, string? Url, string? Key, int? Concurrency);

/// <summary>One who can play a role.</summary>
/// <param name="Id"><c>role/index</c>.</param>
/// <param name="Command">The executable and its arguments.</param>
/// <param name="Probe">Whether it may be started once to see whether it works.</param>
public sealed record AgentEntry(
    string Id,
    string Role,
    string Harness,
    string? Provider,
    string? Model,
    IReadOnlyList<string> Command,
    bool Probe,
    AgentWhen? When)
{
    /// <summary>What independence is judged by.</summary>
    public string Identity => Provider ?? Command[0];

    public JobKind? Kind => Role switch
    {
        "implement" => JobKind.Implement,
        "review" => JobKind.Review,
        _ => null,
    };
}

/// <summary>Narrows an entry to some issues.</summary>
public sealed record AgentWhen(string? Risk, IReadOnlyList<string> Paths, string? TaskClass);

/// <summary>Further folders of the host for agents: absolute, and readable by the slots' users.</summary>
public sealed record SandboxEntry(IReadOnlyList<string> Readable, IReadOnlyList<string> Writable);
