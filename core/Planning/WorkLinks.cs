using System.Globalization;
using System.Text.RegularExpressions;

namespace Muster.Core.Planning;

/// <summary>Tells how a pull request belongs to an issue, from what it says and how its branch is called.</summary>
public static partial class WorkLinks
{
    /// <summary>The keywords that close an issue on merge. Source: GitHub's documentation, "Linking a pull request to an issue".</summary>
    [GeneratedRegex(@"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s+(?:(?<repo>[\w.-]+/[\w.-]+))?#(?<issue>\d{1,9})\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Closing { get; }

    [GeneratedRegex(@"(?:(?<repo>[\w.-]+/[\w.-]+))?#(?<issue>\d{1,9})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Naming { get; }

    [GeneratedRegex(@"^(?:[\w.-]+/)?(?:issues?|gh|bug|fix|feat|feature|task|chore)?[/_-]?(?<issue>\d{1,9})(?:$|[/_-]\D)", RegexOptions.NonBacktracking)]
    private static partial Regex InBranch { get; }

    /// <summary>Branches whose numbers are versions.</summary>
    [GeneratedRegex(@"^(?:dependabot|renovate|releases?|versions?|v|backport|hotfix)[/_-]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NotAnIssue { get; }

    /// <summary>How it is linked to each issue that it names, the surest way for each.</summary>
    /// <param name="repo">The repository of the pull request; references to others do not count.</param>
    public static IReadOnlyDictionary<IssueNumber, WorkLink> Of(RepoName repo, string title, string body, string branch)
    {
        var links = new Dictionary<IssueNumber, WorkLink>();
        Add(links, WorkLink.Closes, Numbers(Closing, $"{title}\n{body}", repo));
        Add(links, WorkLink.Branch, NotAnIssue.IsMatch(branch) ? [] : Numbers(InBranch, branch, repo));
        Add(links, WorkLink.Title, Numbers(Naming, title, repo));
        Add(links, WorkLink.Mentions, Numbers(Naming, body, repo));
        return links;
    }

    private static void Add(Dictionary<IssueNumber, WorkLink> links, WorkLink how, IEnumerable<IssueNumber> issues)
    {
        foreach (var issue in issues)
        {
            links.TryAdd(issue, how);
        }
    }

    private static IEnumerable<IssueNumber> Numbers(Regex pattern, string text, RepoName repo) =>
        from match in pattern.Matches(text)
        let named = match.Groups["repo"].Value
        where named.Length == 0 || repo.Equals(RepoName.Parse(named))
        select new IssueNumber(int.Parse(match.Groups["issue"].ValueSpan, CultureInfo.InvariantCulture));
}
