namespace Muster.Proofs;

/// <summary>A long randomised check: what it shows, how often by default, and how it is run.</summary>
/// <param name="Runs">How many runs fit into a quarter of an hour on two cores.</param>
public sealed record Proof(string Name, string Says, int Runs, Func<ProofRun, CancellationToken, Task<ProofOutcome>> RunAsync)
{
    /// <summary>Options of its own, each followed by a value: its name with the dashes, and what the value is.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();
}

/// <summary>One call of a proof: everything random comes from the seed.</summary>
/// <param name="Words">Where it may say how far it has come.</param>
public sealed record ProofRun(int Runs, int Seed, TextWriter Words)
{
    public Random Random { get; } = new(Seed);

    /// <summary>What was asked by the proof's own options.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; init; } = new Dictionary<string, string>();
}

/// <summary>What came out.</summary>
/// <param name="Broken">Each a sentence that names what did not hold; empty where all held.</param>
public sealed record ProofOutcome(IReadOnlyDictionary<string, double> Figures, IReadOnlyList<string> Broken)
{
    public bool Holds => Broken.Count == 0;

    /// <summary>How many runs it was, where an option of the proof's own made it another number than asked.</summary>
    public int? Runs { get; init; }
}
