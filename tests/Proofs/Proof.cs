namespace Muster.Proofs;

/// <summary>A long randomised check: what it shows, how often by default, and how it is run.</summary>
/// <param name="Runs">How many runs fit into a quarter of an hour on two cores.</param>
public sealed record Proof(string Name, string Says, int Runs, Func<ProofRun, CancellationToken, Task<ProofOutcome>> RunAsync);

/// <summary>One call of a proof: everything random comes from the seed.</summary>
/// <param name="Words">Where it may say how far it has come.</param>
/// <param name="Only">Narrows what it draws from, to look at one failure again; what this names is the proof's own.</param>
public sealed record ProofRun(int Runs, int Seed, TextWriter Words, string Only = "")
{
    public Random Random { get; } = new(Seed);
}

/// <summary>What came out.</summary>
/// <param name="Broken">Each a sentence that names what did not hold; empty where all held.</param>
public sealed record ProofOutcome(IReadOnlyDictionary<string, double> Figures, IReadOnlyList<string> Broken)
{
    public bool Holds => Broken.Count == 0;
}
