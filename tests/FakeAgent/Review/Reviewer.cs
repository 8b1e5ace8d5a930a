namespace FakeAgent.Review;

/// <summary>Judges the diff that the brief carries by a handful of defects that can be told from the text alone.</summary>
internal static class Reviewer
{
    /// <summary>The verdict; null where the brief holds no diff, for what was not read cannot be approved.</summary>
    public static ReviewReport? Judge(string brief)
    {
        var hunks = DiffReader.Read(brief);
        if (hunks.Count == 0 && !brief.Contains("diff --git ", StringComparison.Ordinal))
            return null;
        var findings = hunks.SelectMany(hunk => Defects.All.SelectMany(defect => Find(defect, hunk)))
            .DistinctBy(f => (f.File, f.Line, f.Title)).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ToList();
        var read = $"Read {hunks.Sum(h => h.Lines.Count(l => l.Added))} added lines in {hunks.Select(h => h.File).Distinct().Count()} files";
        return findings.Count == 0
            ? new ReviewReport("approve", $"{read}. Looked for {string.Join(", ", Defects.All.Select(d => d.Name))}; found none.", [])
            : new ReviewReport("request-changes", $"{read}. {findings[0].Title} ({findings[0].File}:{findings[0].Line}){More(findings.Count - 1)}.", findings);
    }

    private static IEnumerable<ReviewFinding> Find(Defect defect, Hunk hunk) =>
        from at in Enumerable.Range(0, hunk.Lines.Count)
        where hunk.Lines[at].Added && Defects.IsCode(hunk.File) && defect.Stands(hunk, at)
        select new ReviewFinding("blocking", hunk.File, hunk.Lines[at].Number, defect.Title, $"{defect.Why}: `{hunk.Lines[at].Text.Trim()}`", defect.Confidence);

    private static string More(int more) => more > 0 ? $", and {more} more" : "";
}
