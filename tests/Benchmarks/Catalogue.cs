namespace Muster.Benchmarks;

/// <summary>Every benchmark by its name.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("dispatch", "own time from webhook to agent process, stage by stage, beside a queue that is polled each second", Dispatch.RunAsync),
    ];

    public static Benchmark? Find(string name) => All.FirstOrDefault(b => b.Name == name);
}
