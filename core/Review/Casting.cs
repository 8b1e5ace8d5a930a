using Muster.Core.Contracts;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.Core.Review;

/// <summary>Decides which agent of a runner plays a job. The one who writes never blesses.</summary>
public static class Casting
{
    /// <summary>The agent to play the job on this runner; null where it has none, or another runner has one that fits better.</summary>
    /// <param name="here">The agents of the runner that asks.</param>
    /// <param name="everywhere">The agents of all runners that are alive, this one's included.</param>
    public static AgentInfo? Choose(JobWanted job, Contract contract, IReadOnlyList<AgentInfo> here, IReadOnlyList<AgentInfo> everywhere)
    {
        var wish = contract.Agent.GetValueOrDefault(job.Kind == JobKind.Review ? "review" : "implement");
        var fitting = here.Where(a => a.Role == job.Kind && Fits(a, wish)).ToList();
        if (job.Kind != JobKind.Review)
        {
            return fitting.FirstOrDefault();
        }

        var independent = fitting.FirstOrDefault(a => IndependenceOf(a.Identity, job.Authors) != Independence.None);
        if (independent is not null)
        {
            return independent;
        }

        var elsewhere = everywhere.Any(a => a.Role == job.Kind && Fits(a, wish) && IndependenceOf(a.Identity, job.Authors) != Independence.None);
        return elsewhere ? null : fitting.FirstOrDefault();
    }

    /// <summary>Whether any runner that is alive can play it at all.</summary>
    public static bool CanBePlayed(JobKind kind, Contract contract, IReadOnlyList<AgentInfo> everywhere)
    {
        var wish = contract.Agent.GetValueOrDefault(kind == JobKind.Review ? "review" : "implement");
        return everywhere.Any(a => a.Role == kind && Fits(a, wish));
    }

    public static Independence IndependenceOf(string reviewer, IReadOnlyList<string> authors) =>
        authors.Contains(reviewer, StringComparer.Ordinal) ? Independence.None : Independence.Provider;

    private static bool Fits(AgentInfo agent, AgentChoice? wish) =>
        wish is null
        || ((wish.Provider is null || wish.Provider == agent.Provider)
            && (wish.Agent is null || wish.Agent == agent.Harness || wish.Agent == agent.Id)
            && (wish.Model is null || wish.Model == agent.Model));
}
