using System.Text.RegularExpressions;
using Muster.Demo.Staging;
using Muster.EndToEnd.Tests.Stories;
using Muster.Proofs;
using Muster.Proofs.Crashes;

namespace Muster.EndToEnd.Tests;

/// <summary>Small runs of <c>./bot prove crash-points</c>, which plays every point.</summary>
public sealed class CrashPointTests
{
    // What GitHub lets us take away again, the app takes away: a second check run stays for all to see.
    private const string Kind = "put-check";

    [Fact]
    public async Task An_app_killed_after_it_acted_and_a_runner_killed_after_it_pushed_leave_nothing_twice_and_nothing_lost()
    {
        var outcome = await ProveAsync(EveryPoint.PointOption, "app.after-open-pull,app.after-post-review,runner.after-push");

        Assert.Empty(outcome.Broken);
        Assert.Equal(3, outcome.Figures["places"]);
    }

    [Fact]
    public async Task An_app_that_does_not_look_before_it_acts_again_is_found_out_by_name()
    {
        var outcome = await ProveAsync(EveryPoint.WithoutProbeOption, Kind);

        Assert.Contains(outcome.Broken, b => b.StartsWith($"app.after-{Kind}: 2 check runs", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_point_in_the_sources_is_one_that_is_played()
    {
        var project = Places.Find().Project;
        var sources = new[] { "app", "runner" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(project, f), "*.cs", SearchOption.AllDirectories));
        var named = sources.SelectMany(f => Regex.Matches(File.ReadAllText(f), "\\.Here\\(\"([^\"]+)\"\\)")).Select(m => m.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(CrashPoints.All));
    }

    [Fact]
    public void Every_kind_of_effect_has_a_point_before_and_after_it()
    {
        Assert.Equal(9, CrashPoints.Kinds.Count);
        Assert.All(CrashPoints.Kinds, k => Assert.Contains($"app.before-{k}", CrashPoints.All));
        Assert.All(CrashPoints.Kinds, k => Assert.Contains($"app.after-{k}", CrashPoints.All));
    }

    private static async Task<ProofOutcome> ProveAsync(string option, string value)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));
        var run = new ProofRun(1, 12, TextWriter.Null) { Asked = new Dictionary<string, string> { [option] = value } };
        return await Played.InTurnAsync(() => EveryPoint.Proof.RunAsync(run, limit.Token));
    }
}
