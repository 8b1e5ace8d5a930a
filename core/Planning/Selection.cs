namespace Muster.Core.Planning;

/// <summary>
/// Chooses which of the issues that could start do start: greedily, in order. Kept apart so that an exact search can
/// take its place.
/// </summary>
internal static class Selection
{
    /// <param name="ordered">Issues that wait for nothing but each other, the most wanted first.</param>
    /// <param name="meet">Whether two of them cannot run side by side.</param>
    public static IReadOnlyList<IssueNumber> Choose(IReadOnlyList<IssueNumber> ordered, Func<IssueNumber, IssueNumber, bool> meet, int free)
    {
        var chosen = new List<IssueNumber>();
        foreach (var issue in ordered)
        {
            if (chosen.Count >= free)
                break;
            if (!chosen.Any(other => meet(issue, other)))
                chosen.Add(issue);
        }
        return chosen;
    }
}
