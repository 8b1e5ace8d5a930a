using Muster.Core.Recorder;
using Muster.Demo.Stories;

namespace Muster.Demo.Summary;

/// <summary>The summary for a person: a line an issue, and what it came to.</summary>
public static class SummaryTable
{
    public static IEnumerable<string> Lines(Ending ending)
    {
        var titles = ending.Story.Issues.ToDictionary(i => ending.Issues[i.Key], i => i.Title);
        var width = titles.Values.Max(t => t.Length);
        foreach (var item in ending.Wave.Items.Values)
        {
            yield return $"{item.Issue,-4} {titles.GetValueOrDefault(item.Issue.Value, "").PadRight(width)}  {item.State,-10} {Said(item)}";
        }

        var (metrics, effects) = (Metrics.Of(ending.Wave), EffectCounts.Of(ending.Wave));
        yield return $"{metrics.Items} issues: {metrics.Ready} ready, {metrics.Merged} merged, {metrics.Parked} parked, {metrics.NotRun} not run; "
            + $"{metrics.RefusedAttempts} attempts refused by gates, {metrics.ReworkRounds} rounds of rework, {metrics.Interventions} human interventions.";
        yield return $"On GitHub: {effects.Pulls} pull requests, {effects.Reviews} reviews, {effects.Comments} comments, {effects.Checks} checks; retro #{ending.Wave.Retro}. {ending.Took.TotalSeconds:0} s.";
    }

    private static string Said(ItemStory item)
    {
        var pull = item.Pull is { } number ? $"pull #{number}" : null;
        var gates = item.Gates.Length > 0 ? $"refused first by {string.Join(", ", item.Gates.Select(g => g.Rule).Distinct())}" : null;
        var reviews = item.Reviews.Length > 0 ? string.Join(" -> ", item.Reviews.Select(r => r.State)) : null;
        var words = item.Attention ?? item.Outcome ?? (item.State == "waiting" ? item.Reason : null);
        return string.Join("; ", new[] { pull, gates, reviews, words }.OfType<string>());
    }
}
