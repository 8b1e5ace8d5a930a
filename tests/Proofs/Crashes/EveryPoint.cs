using System.Collections.Concurrent;
using Muster.Demo.Staging;

namespace Muster.Proofs.Crashes;

/// <summary>SIGKILL at named places must change nothing of how a story ends, and make nothing twice.</summary>
public static class EveryPoint
{
    private const int AtATime = 2;

    public static Proof Proof { get; } = new(
        "crash-points", $"the app or the runner is killed at one of {CrashPoints.All.Count} places; the end is the same, with nothing twice", 24, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var (wanted, _) = await CrashPlay.PlayAsync(null, null, cancellationToken);
        var broken = new ConcurrentQueue<string>();
        var done = 0;
        var points = CrashPoints.Draw(run.Runs, run.Random, run.Only).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(points, options, async (point, stop) =>
        {
            var faults = (await FaultsAsync(point, wanted, null, stop)).ToList();
            run.Words.WriteLine($"{Interlocked.Increment(ref done)}/{points.Count}: {point}{(faults.Count == 0 ? "" : " DID NOT HOLD")}");
            foreach (var fault in faults)
            {
                broken.Enqueue(fault);
            }
        });
        return new ProofOutcome(
            new Dictionary<string, double> { ["crashes"] = points.Count, ["places"] = points.Distinct().Count(), ["facts compared"] = wanted.Facts.Count * points.Count },
            [.. broken]);
    }

    /// <summary>What a crash at one place changed; nothing where all is well.</summary>
    internal static async Task<IEnumerable<string>> FaultsAsync(string point, EndState wanted, IReadOnlyList<string>? app, CancellationToken cancellationToken)
    {
        try
        {
            var (state, crashed) = await CrashPlay.PlayAsync(point, app, cancellationToken);
            return crashed ? state.DifferencesTo(wanted).Select(d => $"{point}: {d}") : [$"{point}: the story never came there"];
        }
        catch (StageException failure)
        {
            return [$"{point}: {failure.Message}"];
        }
    }
}
