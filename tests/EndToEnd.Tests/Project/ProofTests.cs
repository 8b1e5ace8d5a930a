using Muster.EndToEnd.Tests.Stories;
using Muster.Proofs;

namespace Muster.EndToEnd.Tests.Project;

/// <summary>A small run of every proof; <c>./bot prove</c> makes the long ones.</summary>
public sealed class ProofTests
{
    private const int Runs = 2;
    private const int Seed = 12;

    public static TheoryData<string> Proofs => [.. Catalogue.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Proofs))]
    public async Task A_small_run_holds(string name)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(8));

        var outcome = await Played.InTurnAsync(() => Catalogue.Find(name)!.RunAsync(new ProofRun(Runs, Seed, TextWriter.Null), limit.Token));

        Assert.Empty(outcome.Broken);
        Assert.NotEmpty(outcome.Figures);
    }

    [Fact]
    public void Every_crash_point_that_is_drawn_comes_once_before_any_comes_again()
    {
        var points = Muster.Proofs.Crashes.CrashPoints.Draw(Muster.Proofs.Crashes.CrashPoints.All.Count, new Random(Seed)).ToList();

        Assert.Equal(points.Count, points.Distinct().Count());
        Assert.InRange(points.Count, 10, int.MaxValue);
    }
}
