namespace Muster.Demo.Stories;

/// <summary>
/// Seven issues are labelled at once: a1 and a2 run side by side, b waits for a1, c is somebody's already, d cannot be
/// met as written, e is refused by the gates before it passes, f is sent back by the reviewer.
/// </summary>
internal static class Night
{
    public static Story Story(string name, string says, bool defect, bool stub) => new Story(name, says)
        .With(
            Work.CountThings("a1"),
            Work.GuideToEng("a2"),
            Work.CountNothing("b"),
            Work.ByHand("c"),
            Work.CannotBeMet("d"),
            Work.ExplainGlob("e", stub),
            Work.WidestPlan("f", defect))
        .WithRival(Work.HandOf("c"))
        .MergeWhenReady("a1")
        .Expect("a1 and a2 run side by side", e => e.Overlap("a1", "a2"))
        .Expect("a1 is merged by the person", e => e.Item("a1") is { Placement: "runs", State: "merged" })
        .Expect("a2 is ready", e => e.Item("a2") is { Placement: "runs", State: "ready" })
        .Expect("b waits for a1, with a reason", e => e.Item("b") is { Placement: "waits", Reason.Length: > 0 } b && b.WaitsOn.Any(w => w.Value == e.Issues["a1"]))
        .Expect("b starts after a1 is merged, and becomes ready", e => e.Item("b") is { State: "ready", AgentStarted: { } started } && started > e.Item("a1").Settled)
        .Expect("c is not run, and answered with the number of its pull request", e =>
            e.Item("c") is { Placement: "taken", State: "superseded", Pull: null, ImplementJobs: 0 } && e.Answers("c").Any(a => a.Contains($"#{e.Rivals["c"]}", StringComparison.Ordinal)))
        .Expect("d is not run, and answered with the exact fix", e =>
            e.Item("d") is { Placement: "refused", State: "parked", ImplementJobs: 0 } && e.Answers("d").Any(a => a.Contains("tests: [Name_that_does_not_exist]", StringComparison.Ordinal)))
        .Expect(stub ? "e is refused by the gates with file and line, and passes in its second attempt" : "e passes the gates in its first attempt", e =>
            e.Item("e") is { State: "ready" } item && (stub
                ? item.Attempts == 2 && item.Gates.Any(g => g is { File.Length: > 0, Line: > 0, Attempt: 1 })
                : item is { Attempts: 1, Gates.IsEmpty: true }))
        .Expect(defect ? "f is sent back by the reviewer and approved on a new head" : "f is approved at once", e =>
            e.Item("f") is { State: "ready" } item && item.Rounds == (defect ? 1 : 0)
            && e.ReviewStates("f").SequenceEqual(Reviews(e.TwoApps, defect)) && e.ReviewsOf("f").Select(r => r["commit_id"]!.GetValue<string>()).Distinct().Count() == e.ReviewsOf("f").Count)
        .Expect("all pull requests are by the author's App, all reviews by the reviewer's", e =>
            e.Pulls.Count == 5 && e.Pulls.All(p => e.Reviews[p].All(r => r["user"]!["login"]!.GetValue<string>() == e.ReviewerLogin)))
        .InOneWave();

    private static string[] Reviews(bool twoApps, bool defect) => (twoApps, defect) switch
    {
        (true, true) => ["CHANGES_REQUESTED", "APPROVED"],
        (true, false) => ["APPROVED"],
        (false, true) => ["COMMENTED", "COMMENTED"],
        (false, false) => ["COMMENTED"],
    };
}
