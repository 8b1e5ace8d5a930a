using Muster.Demo.Staging;

namespace Muster.Proofs.Crashes;

/// <summary>Kills app or runner at every named point of a story; each must end as if nothing had died.</summary>
public static class EveryPoint
{
    public const string PointOption = "--point";
    public const string WithoutProbeOption = "--without-probe";

    // A play mostly waits: for programs to start, for leases to end, for rest.
    private const int Lanes = 2;

    public static Proof Proof { get; } = new(
        "crash-points", "SIGKILL of app or runner at any named point changes nothing in the end", CrashPoints.All.Count, RunAsync)
    {
        Options = new Dictionary<string, string>
        {
            [PointOption] = "NAME of the only point to play, or several with commas",
            [WithoutProbeOption] = "KIND of effect whose probe is left out of the app, which must then fail",
        },
    };

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var kind = run.Asked.GetValueOrDefault(WithoutProbeOption);
        var points = PointsOf(run, kind);
        var app = kind is null ? null : await AppWithoutProbe.BuildAsync(kind, run.Words, cancellationToken);
        var figures = new Dictionary<string, double>();
        var broken = new List<string>();
        var writing = new Lock();
        var done = 0;

        var undisturbed = await new CrashPlay(point: null).PlayAsync(cancellationToken);
        Note("undisturbed", undisturbed, Differences.Faults(undisturbed.Things ?? []));
        if (undisturbed.Things is { } right)
        {
            var lanes = new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(points, lanes, async (point, stop) =>
            {
                var played = await new CrashPlay(point, app).PlayAsync(stop);
                Note(point, played, played.Things is { } things ? Differences.Between(things, right).Union(Differences.Faults(things)) : []);
            });
        }

        figures["places"] = points.Distinct().Count();
        return new ProofOutcome(figures, broken) { Runs = points.Count };

        void Note(string name, Played played, IEnumerable<string> wrong)
        {
            using var one = writing.EnterScope();
            string[] found = played.Fault is { } fault ? [fault] : [.. wrong];
            run.Words.WriteLine($"{done}/{points.Count} {name}, {played.Took.TotalSeconds:0.0} s: {(found.Length == 0 ? "ok" : string.Join("; ", found))}");
            done++;
            figures[$"{name}, s"] = Math.Round(played.Took.TotalSeconds, 1);
            broken.AddRange(found.Select(w => $"{name}: {w}"));
        }
    }

    private static List<string> PointsOf(ProofRun run, string? withoutProbe)
    {
        var named = withoutProbe is null ? run.Asked.GetValueOrDefault(PointOption)?.Split(',') : [CrashPoints.After(withoutProbe)];
        return named?.FirstOrDefault(p => !CrashPoints.All.Contains(p)) is { } unknown
            ? throw new StageException($"There is no point '{unknown}'. There are: {string.Join(", ", CrashPoints.All)}.")
            : [.. named ?? CrashPoints.Draw(run.Runs, run.Random)];
    }
}
