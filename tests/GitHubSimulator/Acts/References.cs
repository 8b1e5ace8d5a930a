using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Acts;

/// <summary>Numbers mentioned in text: cross-references, and the keywords that close an issue.</summary>
internal static partial class References
{
    [GeneratedRegex(@"(?<![\w/#&])(?:(?<repo>[\w.-]+/[\w.-]+))?#(?<number>[1-9][0-9]{0,8})\b")]
    private static partial Regex Mention { get; }

    [GeneratedRegex(@"(?<!\w)(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\s*:?\s+(?:(?<repo>[\w.-]+/[\w.-]+))?#(?<number>[1-9][0-9]{0,8})\b", RegexOptions.IgnoreCase)]
    private static partial Regex Closing { get; }

    /// <summary>The issues, not the pull requests, that this text closes once it reaches the default branch.</summary>
    public static IEnumerable<Issue> Closes(Repository repository, string? text) =>
        Numbers(Closing, repository, text)
            .Select(n => repository.Issues.GetValueOrDefault(n))
            .OfType<Issue>()
            .Where(i => i.Pull is null);

    /// <summary>Writes into each mentioned issue's timeline, once for each source, that it was mentioned.</summary>
    public static void CrossReference(this Simulation sim, Repository repository, Issue source, string? text, By by)
    {
        foreach (var number in Numbers(Mention, repository, text))
        {
            if (number == source.Number || !repository.Issues.TryGetValue(number, out var target))
                continue;
            var key = -source.Id;
            if (target.Timeline.Exists(t => t.Id == key))
                continue;
            sim.Note(target, "cross-referenced", by, () => Details(sim, repository, source), key);
        }
    }

    private static JsonObject Details(Simulation sim, Repository repository, Issue source)
    {
        var issue = IssueJson.Of(sim.World, repository, source);
        issue["repository"] = RepositoryJson.Of(sim.World, repository);
        return new JsonObject
        {
            ["updated_at"] = Node.Date(source.UpdatedAt),
            ["source"] = new JsonObject { ["type"] = "issue", ["issue"] = issue },
        };
    }

    private static IEnumerable<int> Numbers(Regex regex, Repository repository, string? text) =>
        regex.Matches(text ?? "")
            .Where(m => !m.Groups["repo"].Success || m.Groups["repo"].Value.Equals(repository.FullName, StringComparison.OrdinalIgnoreCase))
            .Select(m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture))
            .Distinct();
}
