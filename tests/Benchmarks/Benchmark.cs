namespace Muster.Benchmarks;

/// <summary>Measures something against a baseline in the same run: machines differ, ratios travel.</summary>
public sealed record Benchmark(string Name, string Says, Func<CancellationToken, Task<IReadOnlyList<Measured>>> RunAsync);

/// <summary>One figure beside its baseline.</summary>
public sealed record Measured(string What, string Unit, double Value, double Baseline)
{
    /// <summary>Value by baseline; smaller is better.</summary>
    public double Ratio => Baseline > 0 ? Math.Round(Value / Baseline, 3) : 0;
}
