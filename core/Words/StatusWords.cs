using System.Globalization;
using System.Text;
using Muster.Core.Waves;

namespace Muster.Core.Words;

/// <summary>The one status comment of a wave.</summary>
public static class StatusWords
{
    public static string Comment(Wave wave, IReadOnlyList<Item> items, string? hold)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"**Wave {wave.Id}**, asked by {wave.OpenedBy}: {Headline(wave, items)}").AppendLine();
        if (hold is not null)
        {
            text.AppendLine(hold).AppendLine();
        }

        text.AppendLine("| issue | state | why | pull request |").AppendLine("|---|---|---|---|");
        foreach (var item in items.OrderBy(i => i.Issue.Value))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {item.Issue} | {State(item)} | {SafeText.Line(item.Outcome ?? item.Reason ?? "")} | {item.Pull?.ToString() ?? ""} |");
        }

        foreach (var item in items.Where(i => i.Attention is not null).OrderBy(i => i.Issue.Value))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"**{item.Issue} needs a person.** {item.Attention}");
        }

        if (wave.PolicyProblems.Count > 0)
        {
            text.AppendLine().AppendLine("`.github/muster.yml` has faults; the values named here count as not given:");
            foreach (var problem in wave.PolicyProblems.Take(10))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"- {SafeText.Line(problem)}");
            }
        }

        if (items.Count > 0)
        {
            var at = items.Max(i => i.Snapshot.At).UtcDateTime;
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Issue texts as of {at:yyyy-MM-dd HH:mm:ss} UTC; later edits do not count. Waiting items start when what they wait for is merged; `waiting: stack` (start on an unmerged head) and `merge: when-passed` (merge without a person) come later.");
        }

        return text.ToString().TrimEnd();
    }

    public static string Headline(Wave wave, IReadOnlyList<Item> items)
    {
        if (wave.State == WaveState.Gathering)
        {
            return "gathering issues";
        }

        int Count(params ReadOnlySpan<ItemState> states)
        {
            var wanted = states.ToArray();
            return items.Count(i => wanted.Contains(i.State));
        }

        var working = Count(ItemState.Implementing, ItemState.Publishing, ItemState.Judging, ItemState.Fixing);
        var state = wave.Closed is not null ? "closed" : working == 0 ? "at rest" : "running";
        return $"{state}; {working} at work, {Count(ItemState.Proposed, ItemState.Waiting)} waiting, {Count(ItemState.Ready)} ready, "
            + $"{Count(ItemState.Merged)} merged, {Count(ItemState.Parked)} parked, {Count(ItemState.Superseded, ItemState.Cancelled)} not run. Revision {wave.Revision}.";
    }

    private static string State(Item item) => item.State switch
    {
        ItemState.Implementing => $"implementing, attempt {item.Attempt}",
        ItemState.Publishing => "opening the pull request",
        ItemState.Judging => "under review",
        ItemState.Fixing => $"fixing, round {item.Round}, attempt {item.Attempt}",
        _ => item.State.ToString().ToLowerInvariant(),
    };
}
