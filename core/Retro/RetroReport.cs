using System.Globalization;
using System.Text;
using Muster.Core.Recorder;
using Muster.Core.Words;

namespace Muster.Core.Retro;

/// <summary>The retro issue of a wave: numbers first, all of them folded from events, then what would make the next wave better.</summary>
public static class RetroReport
{
    /// <summary>The most proposals one retro makes.</summary>
    public const int MostLessons = 3;

    public static string Title(WaveStory wave)
    {
        var m = Metrics.Of(wave);
        return $"Retro of wave {wave.Wave}: {m.Ready + m.Merged} of {m.Items} passed";
    }

    /// <summary>A wave of one item fits on fifteen lines.</summary>
    public static string Body(WaveStory wave)
    {
        var text = new StringBuilder();
        Gaps(text, wave);
        Table(text, wave);
        Totals(text, Metrics.Of(wave), wave.Items.Count > 1);
        Lessons(text, wave);
        return text.ToString().TrimEnd();
    }

    private static void Gaps(StringBuilder text, WaveStory wave)
    {
        var gaps = wave.Missing().ToList();
        if (gaps.Count > 0)
        {
            text.Append("**The record has holes**, so the numbers below may be too low. Missing: ")
                .AppendJoin("; ", gaps.Take(10)).Append(gaps.Count > 10 ? $"; and {gaps.Count - 10} more" : "").AppendLine(".").AppendLine();
        }
    }

    private static void Table(StringBuilder text, WaveStory wave)
    {
        text.AppendLine("| issue | pull request | verdict | rounds | agents | duration |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var item in wave.Items.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {item.Issue} | {(item.Pull is { } pull ? $"#{pull}" : "none")} ")
                .Append(CultureInfo.InvariantCulture, $"| {VerdictOf(item)} | {item.Rounds} ")
                .Append(CultureInfo.InvariantCulture, $"| {(item.Agents.IsEmpty ? "none" : string.Join(", ", item.Agents.Select(SafeText.Code)))} ")
                .AppendLine(CultureInfo.InvariantCulture, $"| {DurationOf(item)} |");
        }
    }

    private static void Totals(StringBuilder text, Metrics m, bool all)
    {
        text.AppendLine().AppendLine("| total | |").AppendLine("|---|---|");
        Row(text, "items", m.Items);
        Row(text, "rework rounds", m.ReworkRounds);
        Row(text, "human interventions", m.Interventions);
        if (all)
        {
            Row(text, "passed and waiting for a person", m.Ready);
            Row(text, "merged by people", m.Merges);
            Row(text, "parked", m.Parked);
            Row(text, "not run", m.NotRun);
            Row(text, "attempts refused by gates", m.RefusedAttempts);
            Row(text, "passed at the first try", m.FirstPass);
            Row(text, "stalls", m.Stalls);
        }
    }

    private static void Lessons(StringBuilder text, WaveStory wave)
    {
        var lessons = Lesson.From(wave).Take(wave.Items.Count > 1 ? MostLessons : 1).ToList();
        if (lessons.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine("**What would make the next wave better**");
        foreach (var lesson in lessons)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {lesson.Proposal} Evidence: {lesson.Evidence}. Should move: {lesson.Metric}. (`{lesson.Fingerprint}`)");
        }
    }

    private static void Row(StringBuilder text, string name, int value) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value} |");

    private static string VerdictOf(ItemStory item) => item.LastVerdict ?? item.State ?? "unknown";

    private static string DurationOf(ItemStory item) => item is { Asked: { } from, Settled: { } to }
        ? Durations.Say(to - from)
        : "unknown";
}
