namespace Muster.Demo.Stories;

/// <summary>The person asks and goes away: what waits for a merge says so, and the wave still ends.</summary>
internal static class NobodyMerges
{
    public static Story Story { get; } = new Story("nobody-merges", "one issue waits for another's merge, which never comes")
        .With(Work.CountThings("first"), Work.CountNothing("second"))
        .Expect("the first is ready", e => e.Item("first") is { State: "ready" } && e.Pulls.Count == 1)
        .Expect("the second still waits, and says what a person can do", e =>
            e.Item("second") is { Placement: "waits", State: "waiting", ImplementJobs: 0, Attention.Length: > 0 } item && item.WaitsOn.Any(w => w.Value == e.Issues["first"]))
        .InOneWave();
}
