namespace Muster.Proofs.Crashes;

/// <summary>The named places where app and runner can be made to die.</summary>
public static class CrashPoints
{
    private static readonly string[] Acts =
        ["open-pull", "post-review", "put-check", "mark-ready", "say-once", "put-status", "change-labels", "react", "file-retro"];

    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "intake", "plan", "claim", "report" }.Concat(Acts).SelectMany(a => new[] { $"app.before-{a}", $"app.after-{a}" }),
        "runner.after-claim", "runner.after-agent", "runner.after-evidence", "runner.before-push", "runner.after-push", "runner.before-report", "runner.after-report",
    ];

    /// <summary>So many of them in random order, each once before any comes again.</summary>
    public static IEnumerable<string> Draw(int count, Random random, string only = "")
    {
        var chosen = All.Where(p => p.Contains(only, StringComparison.Ordinal)).ToArray();
        while (count > 0 && chosen.Length > 0)
        {
            var round = chosen.ToArray();
            random.Shuffle(round);
            foreach (var point in round.Take(count))
            {
                yield return point;
            }

            count -= round.Length;
        }
    }
}
