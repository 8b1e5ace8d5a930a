using System.Diagnostics;
using Muster.Demo.Staging;

namespace Muster.EndToEnd.Tests.Project;

/// <summary>What holds for the tree as a whole.</summary>
public sealed class TreeTests
{
    private const int LongestFile = 400;
    private static readonly string[] Sources = [".cs", ".sh", ".js", ".ts", ".css", ".sql", ".csproj", ".props", ".yml", ""];

    private readonly Places places = Places.Find();

    [Fact]
    public void No_source_file_is_longer_than_four_hundred_lines()
    {
        var tooLong = Files()
            .Where(f => Sources.Contains(Path.GetExtension(f)) && Path.GetFileName(f) is not "LICENSE")
            .Select(f => (File: f, Lines: File.ReadLines(Path.Combine(places.Project, f)).Count()))
            .Where(f => f.Lines > LongestFile)
            .Select(f => $"{f.File} has {f.Lines} lines");

        Assert.Empty(tooLong);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("runner")]
    [InlineData("GitHubSimulator")]
    public void What_is_native_runs_on_arm64_too(string published)
    {
        var runtimes = Path.Combine(places.Artifacts, "publish", published, "runtimes");
        var native = Directory.Exists(runtimes) ? Directory.EnumerateFiles(runtimes, "*", SearchOption.AllDirectories).ToList() : [];
        var forX64 = native.Where(f => f.Contains("/linux-x64/", StringComparison.Ordinal));

        Assert.All(forX64, f => Assert.True(File.Exists(f.Replace("/linux-x64/", "/linux-arm64/", StringComparison.Ordinal)), f));
    }

    [Fact]
    public void Nothing_published_starts_only_on_the_machine_that_built_it()
    {
        var hosts = new[] { "app/Muster.App", "runner/muster", "Demo/Demo" }.Select(h => Path.Combine(places.Artifacts, "publish", h));

        Assert.All(hosts, h => Assert.False(File.Exists(h), h));
    }

    // Tracked files where git knows them; an archive has no others than those that belong to it.
    private IEnumerable<string> Files()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-c", "safe.directory=*", "ls-files"])
        {
            WorkingDirectory = places.Project,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var listed = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0
            ? listed.Where(f => File.Exists(Path.Combine(places.Project, f)))
            : Directory.EnumerateFiles(places.Project, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(places.Project, f))
                .Where(f => !f.StartsWith("artifacts/", StringComparison.Ordinal));
    }
}
