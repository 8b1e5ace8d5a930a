using Muster.Core.Wire;

namespace Muster.Core.Review;

/// <summary>Makes a verdict of a reviewer's answer.</summary>
public static class VerdictMaker
{
    /// <summary>The most findings that are kept; an answer with more is cut, and says so.</summary>
    private const int MostFindings = 50;

    public static Verdict Of(JobReport.Reviewed answer, string reviewer, IReadOnlyList<string> authors)
    {
        // What blocks comes first, so that no heap of small things hides it.
        var findings = answer.Findings.OrderBy(f => f.Severity == Severity.Blocking ? 0 : 1).Take(MostFindings).ToList();
        var summary = answer.Findings.Count > MostFindings ? $"{answer.Summary} ({answer.Findings.Count} findings; {MostFindings} are shown.)" : answer.Summary;
        if (Casting.IndependenceOf(reviewer, authors) == Independence.None)
        {
            return new Verdict.Unreviewed("The only reviewer is the author's own provider, and the one who writes never blesses.")
            {
                Head = answer.Head,
                Reviewer = reviewer,
                Summary = summary,
                Findings = findings,
            };
        }

        // Matters of taste must not hold a change, and an approval that names something blocking is none.
        var blocking = findings.Any(f => f.Severity == Severity.Blocking);
        return blocking
            ? new Verdict.ChangesRequested { Head = answer.Head, Reviewer = reviewer, Summary = summary, Findings = findings }
            : answer.Approves || findings.Count > 0
                ? new Verdict.Approved { Head = answer.Head, Reviewer = reviewer, Summary = answer.Approves ? summary : $"The reviewer asked for changes but named nothing that blocks. {summary}", Findings = findings }
                : new Verdict.Unreviewed("The reviewer asks for changes but names none.") { Head = answer.Head, Reviewer = reviewer, Summary = summary };
    }
}
