using System.Text;
using Muster.Core.Review;
using Muster.Core.Wire;

namespace Muster.Core.Words;

/// <summary>What a verdict says on the pull request and in the check.</summary>
public static class VerdictWords
{
    /// <summary>Findings below this confidence are folded away.</summary>
    public const double Folded = 0.6;

    public static string State(Verdict verdict) => verdict switch
    {
        Verdict.Approved => "approved",
        Verdict.ChangesRequested => "changes requested",
        _ => "unreviewed",
    };

    /// <param name="inBody">The findings that stand in the body; the others are remarks on their lines.</param>
    public static string Review(Verdict verdict, IReadOnlyCollection<Finding> inBody)
    {
        var text = new StringBuilder();
        text.AppendLine($"Reviewed commit: {verdict.Head}").AppendLine();
        text.AppendLine(verdict switch
        {
            Verdict.Approved => "**Approved.** The reviewer did not manage to break it.",
            Verdict.ChangesRequested => "**Changes requested.**",
            Verdict.Unreviewed u => $"**Unreviewed.** {SafeText.Prose(u.Why)} This is no pass.",
            _ => "",
        });
        if (verdict.Summary.Length > 0)
        {
            text.AppendLine().AppendLine(SafeText.Prose(verdict.Summary));
        }

        foreach (var finding in inBody.Where(f => f.Confidence >= Folded))
        {
            text.AppendLine().AppendLine(Finding(finding));
        }

        Fold(text, [.. inBody.Where(f => f.Confidence < Folded)]);
        if (verdict.Reviewer is { } reviewer)
        {
            text.AppendLine().AppendLine($"Reviewer: {SafeText.Code(reviewer)}");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Why there is a comment where an approval could be.</summary>
    public const string ReviewerAway =
        "The reviewer's App is not installed in this repository, so this is a comment and the check `muster/verdict` carries the verdict. Install it here, and its reviews count.";

    /// <summary>Why an older verdict was taken back.</summary>
    public const string Outdated = "This was about an earlier commit; a newer one was judged since.";

    public static string Finding(Finding finding) =>
        $"**{(finding.Severity == Severity.Blocking ? "Blocking" : "Minor")}: {SafeText.Line(finding.Title)}**{Where(finding)}\n{SafeText.Prose(finding.Body)}".TrimEnd();

    public static string CheckTitle(Verdict verdict) => verdict switch
    {
        Verdict.Approved => "Approved by an independent reviewer",
        Verdict.ChangesRequested c => $"Changes requested: {c.Findings.Count(f => f.Severity == Severity.Blocking)} blocking",
        _ => "Unreviewed",
    };

    /// <summary>GitHub's word for it: neutral and skipped would read as a pass.</summary>
    public static string Conclusion(Verdict verdict) => verdict switch
    {
        Verdict.Approved => "success",
        Verdict.ChangesRequested => "failure",
        _ => "action_required",
    };

    private static void Fold(StringBuilder text, IReadOnlyList<Finding> unsure)
    {
        if (unsure.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine($"<details><summary>{unsure.Count} more that the reviewer is not sure of</summary>").AppendLine();
        foreach (var finding in unsure)
        {
            text.AppendLine(Finding(finding)).AppendLine();
        }

        text.AppendLine("</details>");
    }

    private static string Where(Finding finding) => finding.File is { } file
        ? $" {SafeText.Code(finding.Line is { } line ? $"{file}:{line}" : file)}"
        : "";
}
