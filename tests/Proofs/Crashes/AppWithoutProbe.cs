using System.Diagnostics;
using Muster.Demo.Staging;

namespace Muster.Proofs.Crashes;

/// <summary>Builds, into folders of its own, the app that does not look whether one kind of effect is already there.</summary>
internal static class AppWithoutProbe
{
    /// <returns>Its command line.</returns>
    public static async Task<IReadOnlyList<string>> BuildAsync(string kind, TextWriter words, CancellationToken cancellationToken)
    {
        var places = Places.Find();
        var artifacts = Path.Combine(places.Artifacts, "without-probe");
        var target = Path.Combine(artifacts, "publish", kind);
        words.WriteLine($"building the app without the probe of {kind}");
        var start = new ProcessStartInfo(
            Host.Dotnet,
            ["publish", "app/Muster.App.csproj", "-c", "Release", "-v", "quiet", "-nologo", "--artifacts-path", artifacts, $"-p:ProbeOff={kind}", $"-p:PublishDir={target}/"])
        {
            WorkingDirectory = places.Project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A build node that outlives us would hold on to our output.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var build = Process.Start(start) ?? throw new StageException("dotnet did not start.");
        var said = build.StandardOutput.ReadToEndAsync(cancellationToken);
        var complained = build.StandardError.ReadToEndAsync(cancellationToken);
        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0
            ? [Host.Dotnet, Path.Combine(target, "Muster.App.dll")]
            : throw new StageException($"The app without the probe of {kind} could not be built: {await said}{await complained}");
    }
}
