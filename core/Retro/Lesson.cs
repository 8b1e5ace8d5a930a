using Muster.Core.Recorder;

namespace Muster.Core.Retro;

/// <summary>A candidate fix with its evidence.</summary>
/// <param name="Fingerprint">The same for the same cause in any wave, so that a recurrence is recognised.</param>
/// <param name="Metric">The number it should move.</param>
public sealed record Lesson(string Fingerprint, string Proposal, string Evidence, string Metric)
{
    /// <summary>What the wave's events suggest, the costliest first.</summary>
    public static IEnumerable<Lesson> From(WaveStory wave) =>
        Candidates(wave).OrderByDescending(c => c.Cost).ThenBy(c => c.Lesson.Fingerprint, StringComparer.Ordinal).Select(c => c.Lesson);

    private static IEnumerable<(int Cost, Lesson Lesson)> Candidates(WaveStory wave)
    {
        var items = wave.Items.Values.ToList();
        foreach (var rule in items.SelectMany(i => i.Gates.Select(g => (i.Issue, g.Rule))).Distinct().GroupBy(x => x.Rule))
        {
            yield return (3 * rule.Count(), new Lesson(
                $"gate:{rule.Key}",
                $"Name in the brief what the gate `{rule.Key}` refuses, so that the first attempt avoids it.",
                Issues(rule.Select(x => x.Issue)),
                "attempts refused by gates"));
        }

        if (Where(items, i => i.Rounds > 0) is { Count: > 0 } reworked)
        {
            yield return (4 * reworked.Count, new Lesson("review:rework", "Put what the reviewer found into the contract's acceptance, so that the author's own run shows it.", Issues(reworked), "rework rounds"));
        }

        if (Where(items, i => i.Placement == "refused") is { Count: > 0 } refused)
        {
            yield return (2 * refused.Count, new Lesson("contract:lint", "Write these issues with the issue form, which lints as you type.", Issues(refused), "not run"));
        }

        if (Where(items, i => i.Stalls > 0) is { Count: > 0 } stalled)
        {
            yield return (5 * stalled.Count, new Lesson("agent:stall", "Cut these issues smaller or raise their budget of minutes.", Issues(stalled), "stalls"));
        }

        if (Where(items, i => i.Failures > 0) is { Count: > 0 } failed)
        {
            yield return (5 * failed.Count, new Lesson("agent:failure", "Run `muster doctor` on the runners before the next wave.", Issues(failed), "parked"));
        }

        if (Where(items, i => i is { State: "waiting", Attention: not null }) is { Count: > 0 } held)
        {
            yield return (held.Count, new Lesson("merge:wait", "Merge the pull requests that others wait for first.", Issues(held), "passed and waiting for a person"));
        }
    }

    private static List<IssueNumber> Where(IEnumerable<ItemStory> items, Func<ItemStory, bool> test) =>
        [.. items.Where(test).Select(i => i.Issue)];

    private static string Issues(IEnumerable<IssueNumber> issues) => string.Join(", ", issues.Distinct().OrderBy(i => i.Value));
}
