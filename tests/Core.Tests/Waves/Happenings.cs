using Muster.Core.Contracts;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Waves;

/// <summary>One of everything that can happen to an item, for tests that want them all.</summary>
internal static class Happenings
{
    public static readonly CommitSha Base = new(new string('a', 40));
    public static readonly CommitSha Head = new(new string('b', 40));
    public static readonly CommitSha Other = new(new string('c', 40));
    public static readonly PullNumber Pull = new(31);

    public static readonly Terms Terms = new(new Contract { Scope = ["src/**"] }, "hash", GateRules.Default, 30, [], "main", WorkLimits.Default);

    public static readonly GateVerdict Refusal = new([new GateFinding("destruction", GateAction.Block, "src/a.cs", 7, "A rich function became a stub.", "Put it back.")]);

    public static Item Fresh => new()
    {
        Id = new ItemId(1),
        Wave = new WaveId(1),
        Repo = new RepoId(1),
        Issue = new IssueNumber(12),
        Generation = 1,
        Snapshot = new Snapshot("A title", "A body", "ann", DateTimeOffset.UnixEpoch, "ann", []),
    };

    public static IReadOnlyList<ItemEvent> All { get; } =
    [
        new ItemEvent.PlacedRuns(Base, "nothing in the way", Terms),
        new ItemEvent.PlacedWaits([new IssueNumber(11)], "waits for #11", null),
        new ItemEvent.PlacedWaits([new IssueNumber(11)], "waits for #11", "merge or close #30"),
        new ItemEvent.PlacedTaken(new PullNumber(9), false, "#9 is open"),
        new ItemEvent.PlacedRefused("no such test", "tests: [A]"),
        new ItemEvent.WorkPassed(Head, "zhipu", ["it passes"], []),
        new ItemEvent.WorkPassed(Other, "zhipu", [], [new GateFinding("destruction", GateAction.AskPerson, "src/a.cs", 7, "Half a file went.", "Say why.")]),
        new ItemEvent.WorkRefused(Refusal),
        new ItemEvent.GatesDisagree(Refusal),
        .. Enum.GetValues<FailureClass>().Select(f => new ItemEvent.WorkFailed(f, "it failed")),
        new ItemEvent.PushLost("somebody pushed"),
        new ItemEvent.PullOpened(Pull),
        new ItemEvent.PullNotOpened("refused"),
        new ItemEvent.Judged(new Verdict.Approved { Head = Head }),
        new ItemEvent.Judged(new Verdict.Approved { Head = Other }),
        new ItemEvent.Judged(new Verdict.ChangesRequested { Head = Head, Findings = [new Finding(Severity.Blocking, "src/a.cs", 3, "breaks", "on empty input", 0.9)] }),
        new ItemEvent.Judged(new Verdict.ChangesRequested { Head = Other }),
        new ItemEvent.Judged(new Verdict.Unreviewed("nobody") { Head = Head }),
        .. Enum.GetValues<FailureClass>().Select(f => new ItemEvent.ReviewFailed(f, "it failed")),
        new ItemEvent.VerdictNotShown("no permission"),
        new ItemEvent.PullMerged("ann"),
        new ItemEvent.PullClosed("ann"),
        new ItemEvent.BranchDeleted("ann"),
        new ItemEvent.IssueClosed("ann"),
        new ItemEvent.StateLabelRemoved("ann"),
        new ItemEvent.CancelAsked("ann"),
        new ItemEvent.ContinueAsked("ann"),
        new ItemEvent.AskedAgain(new Snapshot("Title", "Body", "ann", DateTimeOffset.UnixEpoch, "ann", []), null),
        new ItemEvent.ReleaseAsked("ann", []),
        new ItemEvent.ReleaseAsked("ann", [new IssueNumber(11)]),
    ];
}
