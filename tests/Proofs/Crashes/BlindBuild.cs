using System.Diagnostics;
using Muster.Demo.Staging;

namespace Muster.Proofs.Crashes;

/// <summary>
/// The proof of the proof: in a build that does not look whether an act is done already, a crash right after the act
/// must be noticed, by the name of the act.
/// </summary>
public static class BlindBuild
{
    // Those that GitHub would take twice without a word. A second pull request from one branch it refuses itself.
    private static readonly string[] Kinds = ["post-review", "put-check", "say-once", "file-retro"];

    public static Proof Proof { get; } = new(
        "blind", "a build without the probe of one kind of act is caught by crash-points", Kinds.Length, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var (wanted, _) = await CrashPlay.PlayAsync(null, null, cancellationToken);
        var broken = new List<string>();
        var kinds = Kinds.Where(k => k.Contains(run.Only, StringComparison.Ordinal)).ToArray();
        run.Random.Shuffle(kinds);
        var chosen = kinds.Take(run.Runs).ToList();
        foreach (var kind in chosen)
        {
            var app = await BuildAsync(kind, cancellationToken);
            var faults = (await EveryPoint.FaultsAsync($"app.after-{kind}", wanted, [Host.Dotnet, app], cancellationToken)).ToList();
            run.Words.WriteLine($"without the probe of {kind}: {(faults.Count == 0 ? "nobody noticed" : string.Join("; ", faults))}");
            if (!faults.Any(f => f.Contains(kind, StringComparison.Ordinal) && f.Contains("number of", StringComparison.Ordinal)))
            {
                broken.Add($"the probe of {kind} can be left out and nobody notices");
            }
        }

        return new ProofOutcome(new Dictionary<string, double> { ["builds"] = chosen.Count, ["noticed"] = chosen.Count - broken.Count }, broken);
    }

    /// <summary>Built in a folder of its own: nothing of it may reach what is published.</summary>
    private static async Task<string> BuildAsync(string kind, CancellationToken cancellationToken)
    {
        var places = Places.Find();
        var folder = Path.Combine(places.Artifacts, "blind", kind);
        var start = new ProcessStartInfo(
            Host.Dotnet,
            ["publish", Path.Combine(places.Project, "app", "Muster.App.csproj"), "-c", "Release", "-v", "quiet", "-nologo",
                $"-p:ProbeOff={kind}", $"-p:ArtifactsPath={folder}", $"-p:PublishDir={folder}/app/"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var build = Process.Start(start)!;
        var said = build.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = build.StandardError.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0
            ? Path.Combine(folder, "app", "Muster.App.dll")
            : throw new StageException($"The build without the probe of {kind} failed: {await said}{await complained}");
    }
}
