using System.Globalization;
using System.Text;
using Muster.Core.Planning;

namespace Muster.Core.Words;

/// <summary>A plan as a table, for those who only want to see it.</summary>
public static class PreviewWords
{
    public static string Of(WavePlan plan)
    {
        var text = new StringBuilder("**What a plan made now would do.** Nothing was started.\n\n| issue | placement | why |\n|---|---|---|\n");
        foreach (var (issue, placement) in plan.Placements.OrderBy(p => p.Key.Value))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {issue} | {placement.Word} | {SafeText.Line(Why(placement))} |");
        }

        foreach (var (issue, placement) in plan.Placements.OrderBy(p => p.Key.Value))
        {
            if (placement is Placement.Refused refused)
            {
                foreach (var problem in refused.Problems)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"\n{issue}: {SafeText.Line(problem.Message)}\n\n{SafeText.Block(problem.Fix)}");
                }
            }
        }

        return text.ToString().TrimEnd();
    }

    private static string Why(Placement placement) => placement switch
    {
        Placement.Runs runs => string.Join(" ", runs.Notes),
        Placement.Waits waits => string.Join(" ", waits.On.Select(w => w.Reason)),
        Placement.Taken taken => taken.Sentence,
        Placement.Bundled bundled => $"With {bundled.Lead}.",
        Placement.Refused refused => refused.Sentence,
        _ => "",
    };
}
