using System.Globalization;

namespace Muster.Proofs;

/// <summary>The command line.</summary>
public sealed record ProofOptions(Proof Proof, int Runs, int Seed, string Only, bool Json)
{
    public static string Usage { get; } = $"""
        usage: ./bot prove [NAME [--runs N] [--seed S] [--only TEXT] [--json]]

        proofs:
        {string.Join('\n', Catalogue.All.Select(p => $"  {p.Name,-14} {p.Says} ({p.Runs} runs by default)"))}
        """;

    /// <summary>Null, and what is wrong, where it cannot be understood.</summary>
    public static ProofOptions? Read(IReadOnlyList<string> args, out string fault)
    {
        if (Catalogue.Find(args[0]) is not { } proof)
        {
            fault = $"There is no proof '{args[0]}'.";
            return null;
        }

        var options = new ProofOptions(proof, proof.Runs, Random.Shared.Next(1, 1_000_000), Only: "", Json: false);
        for (var i = 1; i < args.Count; i++)
        {
            var number = i + 1 < args.Count && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            switch (args[i])
            {
                case "--json": options = options with { Json = true }; break;
                case "--runs" when number > 0: (options, i) = (options with { Runs = number }, i + 1); break;
                case "--seed" when number >= 0: (options, i) = (options with { Seed = number }, i + 1); break;
                case "--only" when i + 1 < args.Count: (options, i) = (options with { Only = args[i + 1] }, i + 1); break;
                default:
                    fault = args[i] is "--runs" or "--seed" ? $"{args[i]} needs a whole number." : args[i] is "--only" ? "--only needs a text." : $"'{args[i]}' is unknown.";
                    return null;
            }
        }

        fault = "";
        return options;
    }
}
