namespace Muster.Demo.Stories;

/// <summary>One issue from label to retro, and nothing else.</summary>
internal static class Single
{
    public static Story Story { get; } = new Story("single", "one issue, from label to retro")
        .With(Work.GuideToEng("a"))
        .Expect("the issue has a ready pull request", e => e.Item("a") is { Placement: "runs", State: "ready", Attempts: 1, Rounds: 0 } && e.Pulls.Count == 1)
        .Expect("the reviewer spoke once", e => e.ReviewStates("a") is [var state] && state == (e.TwoApps ? "APPROVED" : "COMMENTED"))
        .InOneWave();
}
