using Muster.Contracts;

namespace Muster.Proofs.Mutations;

/// <summary>Breaks what was said between app and GitHub in every way that is known here; the contract must see each.</summary>
public static class EveryMutation
{
    private static readonly IReadOnlyList<Mutation> Kinds =
        [.. RequestMutations.All, .. BodyMutations.Of(Side.Request), .. BodyMutations.Of(Side.Answer), .. AnswerMutations.All];

    public static Proof Proof { get; } = new("mutations", "the check against GitHub's description sees every broken request and answer", 40, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var good = await Recording.MakeAsync();
        var broken = new List<string>();
        var (made, caught) = (0, 0);
        foreach (var kind in Kinds)
        {
            var candidates = good.Where(kind.Fits).ToList();
            if (candidates.Count == 0)
            {
                broken.Add($"{kind.Name}: nothing in the recording can be broken so");
                continue;
            }

            for (var i = 0; i < run.Runs; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var victim = candidates[run.Random.Next(candidates.Count)];
                made++;
                if (Contract.Of(kind.Break(victim, run.Random)).Faults.Count > 0)
                {
                    caught++;
                }
                else
                {
                    broken.Add($"{kind.Name}: not seen in {victim.Operation} {victim.Status}");
                }
            }
        }

        run.Words.WriteLine($"{caught} of {made} mutations of {Kinds.Count} kinds caught");
        return new ProofOutcome(
            new Dictionary<string, double> { ["kinds"] = Kinds.Count, ["good exchanges"] = good.Count, ["mutations"] = made, ["caught"] = caught },
            [.. broken.Distinct()]);
    }
}
