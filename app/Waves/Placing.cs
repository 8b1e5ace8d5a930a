using Muster.App.Facts;
using Muster.Core.Contracts;
using Muster.Core.Planning;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.App.Waves;

/// <summary>Turns a placement into what happens to the item.</summary>
internal static class Placing
{
    /// <summary>The wall limit where neither contract nor policy sets one.</summary>
    private const int DefaultMinutes = 90;

    public static ItemEvent EventOf(Item item, Placement placement, PlanFacts facts) => placement switch
    {
        Placement.Runs runs => Runs(item, runs, facts),
        Placement.Waits waits => new ItemEvent.PlacedWaits(
            [.. waits.On.Select(w => w.Issue).OfType<Muster.Core.IssueNumber>().Distinct()],
            string.Join(" ", waits.On.Select(w => w.Reason)),
            waits.On.Select(w => w.Attention).FirstOrDefault(a => a is not null)),
        Placement.Taken taken => new ItemEvent.PlacedTaken(taken.Pull, taken.Merged, taken.Sentence),
        Placement.Refused refused => new ItemEvent.PlacedRefused(refused.Sentence, Fix(refused)),
        _ => new ItemEvent.PlacedWaits([], "It is bundled with another issue.", null),
    };

    private static ItemEvent Runs(Item item, Placement.Runs runs, PlanFacts facts)
    {
        var contract = facts.ContractOf(item.Issue) ?? new Contract();
        if (!Casting.CanBePlayed(JobKind.Implement, contract, facts.Agents))
        {
            return new ItemEvent.PlacedWaits([], $"{item.Issue} waits for a runner that has the agent it asks for.", $"Enrol a runner with that agent, or change the choice of agent for {item.Issue} and comment `/dispatch retry` there.");
        }

        var policy = facts.Policy;
        var minutes = contract.Budget.Within(policy.Budget).Minutes ?? DefaultMinutes;
        var reason = runs.Notes.Count > 0 ? string.Join(" ", runs.Notes) : "Nothing stands in its way.";
        var branch = contract.Base ?? facts.DefaultBranch;
        var terms = new Terms(
            contract,
            ContractHash.Of(contract),
            new GateRules(policy.Gates.ToDictionary(), policy.ProtectedPaths),
            minutes,
            runs.Notes,
            branch,
            new WorkLimits(policy.Limits.AttemptsPerRound, policy.Limits.AttemptsPerItem, policy.Limits.Rounds));
        return new ItemEvent.PlacedRuns(facts.Tree.Branches.GetValueOrDefault(branch, facts.Tree.Head), reason, terms);
    }

    private static string Fix(Placement.Refused refused) => string.Join("\n\n", refused.Problems.Select(p => $"{SafeText.Sentence(p.Message)}\n\n{SafeText.Block(p.Fix, "yaml")}"));
}
