namespace Muster.Benchmarks;

/// <summary>Every benchmark by its name.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } = [];

    public static Benchmark? Find(string name) => All.FirstOrDefault(b => b.Name == name);
}
