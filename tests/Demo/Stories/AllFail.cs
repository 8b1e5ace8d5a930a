namespace Muster.Demo.Stories;

/// <summary>Nothing passes: no pull request may appear, and both issues say why.</summary>
internal static class AllFail
{
    public static Story Story { get; } = new Story("all-fail", "two issues whose attempts all fail the gates")
        .With(Work.Strays("stray"), Work.DoesNothing("idle"))
        .Expect("the one that leaves its scope is parked after three attempts", e =>
            e.Item("stray") is { State: "parked", Attempts: 3, Pull: null } item && item.Gates.Any(g => g.File == "core/Planning/Stray.cs"))
        .Expect("the one that changes nothing is parked after three attempts", e => e.Item("idle") is { State: "parked", Attempts: 3, Pull: null })
        .Expect("both issues were told", e => e.Answers("stray").Any(Parked) && e.Answers("idle").Any(Parked))
        .Expect("no pull request was opened", e => e.Pulls.Count == 0)
        .InOneWave();

    private static bool Parked(string answer) => answer.Contains("Parked", StringComparison.Ordinal);
}
