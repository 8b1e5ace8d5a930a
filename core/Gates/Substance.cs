namespace Muster.Core.Gates;

/// <summary>
/// What is left of a body elsewhere: the runs of four tokens that it shares with other code. A method that was split,
/// moved or renamed keeps most of them; one that was thrown away keeps next to none.
/// </summary>
internal sealed class Substance
{
    private const int Run = 4;
    private readonly HashSet<string> runs;

    /// <summary>Reads code that the change brought or changed.</summary>
    public Substance(IEnumerable<IReadOnlyList<string>> bodies) => runs = [.. bodies.SelectMany(Runs)];

    /// <summary>The share of a body's runs that are found here, from 0 to 1.</summary>
    public double Holds(IReadOnlyList<string> body)
    {
        var (all, found) = (0, 0);
        foreach (var run in Runs(body))
        {
            all++;
            found += runs.Contains(run) ? 1 : 0;
        }

        return all == 0 ? 0 : (double)found / all;
    }

    private static IEnumerable<string> Runs(IReadOnlyList<string> body)
    {
        for (var at = 0; at + Run <= body.Count; at++)
            yield return string.Join(' ', body[at], body[at + 1], body[at + 2], body[at + 3]);
    }
}
