using System.Globalization;

namespace Muster.Proofs;

/// <summary>The command line.</summary>
public sealed record ProofOptions(Proof Proof, int Runs, int Seed, bool Json)
{
    public IReadOnlyDictionary<string, string> Asked { get; init; } = new Dictionary<string, string>();

    public static string Usage { get; } = $"""
        usage: ./bot prove [NAME [--runs N] [--seed S] [--json] [OPTION VALUE ...]]

        proofs:
        {string.Join('\n', Catalogue.All.Select(p => $"  {p.Name,-14} {p.Says} ({p.Runs} runs by default){Own(p)}"))}
        """;

    private static string Own(Proof proof) => string.Concat(proof.Options.Select(o => $"\n  {"",-14}   {o.Key} {o.Value}"));

    /// <summary>Null, and what is wrong, where it cannot be understood.</summary>
    public static ProofOptions? Read(IReadOnlyList<string> args, out string fault)
    {
        if (Catalogue.Find(args[0]) is not { } proof)
        {
            fault = $"There is no proof '{args[0]}'.";
            return null;
        }

        var asked = new Dictionary<string, string>();
        var options = new ProofOptions(proof, proof.Runs, Random.Shared.Next(1, 1_000_000), Json: false) { Asked = asked };
        for (var i = 1; i < args.Count; i++)
        {
            var number = i + 1 < args.Count && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            switch (args[i])
            {
                case "--json": options = options with { Json = true }; break;
                case "--runs" when number > 0: (options, i) = (options with { Runs = number }, i + 1); break;
                case "--seed" when number >= 0: (options, i) = (options with { Seed = number }, i + 1); break;
                case var own when proof.Options.ContainsKey(own) && i + 1 < args.Count: asked[own] = args[++i]; break;
                default:
                    fault = args[i] is "--runs" or "--seed" ? $"{args[i]} needs a whole number."
                        : proof.Options.TryGetValue(args[i], out var value) ? $"{args[i]} needs {value}."
                        : $"'{args[i]}' is unknown.";
                    return null;
            }
        }

        fault = "";
        return options;
    }
}
