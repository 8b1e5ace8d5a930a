using System.Text.RegularExpressions;
using Muster.Core.Contracts;
using Muster.Core.Waves;

namespace Muster.Core.Words;

/// <summary>What a pull request and its commit say.</summary>
public static partial class PullWords
{
    public static string Title(Item item) => Cut(item.Snapshot.Title, item.Issue);

    /// <summary>The commit's message. The trailer is how a later epoch recognises its own job's work on the branch.</summary>
    public static string Commit(Item item, JobId job) => $"""
        {Cut(item.Snapshot.Title, item.Issue)}

        Muster-Issue: {item.Issue}
        Muster-Job: {job.Value}
        """.ReplaceLineEndings("\n");

    public static string Body(Item item, Contract contract) => $"""
        Closes {item.Issue}

        {SafeText.Prose(item.Reason ?? "")}

        | contract | |
        |---|---|
        | scope | {List(contract.Scope)} |
        | files | {List(contract.Files)} |
        | acceptance | {List(contract.Acceptance)} |
        | tests | {List(contract.Tests)} |

        {Proof(item)}

        The gates passed on the runner and again on the app. A reviewer from elsewhere now tries to break it; the verdict is a review on this pull request and the check `muster/verdict`. It is a draft until then. No verifier drove it: *unverified*.
        """;

    /// <summary>A stranger's title must not close another issue on merge.</summary>
    [GeneratedRegex(@"\b(?<word>close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s*(?:(?:[\w.-]+/[\w.-]+)?#|\bGH-|https?://\S+/(?:issues|pull)/)(?<issue>\d+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Closing { get; }

    /// <summary>Nor call anybody, point to another repository, or lead elsewhere: a title becomes a commit's message.</summary>
    [GeneratedRegex(@"(?<before>^|\W)@(?<name>\w)", RegexOptions.NonBacktracking)]
    private static partial Regex Mention { get; }

    [GeneratedRegex(@"(?<repo>[\w.-]+/[\w.-]+)#(?<issue>\d+)", RegexOptions.NonBacktracking)]
    private static partial Regex Foreign { get; }

    [GeneratedRegex(@"(?:(?:https?|ftp)://|\b(?:mailto|javascript|data):|\bwww\.)+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Address { get; }

    /// <summary>Nor switch checks off.</summary>
    [GeneratedRegex(@"\[(?<what>skip ci|ci skip|no ci|skip actions|actions skip)\]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Skipping { get; }

    private static string Proof(Item item) => item.Proof.Count == 0
        ? "No acceptance command was named, so nothing was re-run."
        : $"Acceptance, re-run on clean checkouts of base and head:\n{string.Join('\n', item.Proof.Select(p => $"- {p}"))}";

    private static string List(IReadOnlyList<string> values) =>
        values.Count == 0 ? "not declared" : string.Join(", ", values.Take(12).Select(v => SafeText.Code(v).Replace("|", "\\|", StringComparison.Ordinal)));

    private static string Cut(string title, IssueNumber issue)
    {
        var plain = InvisibleText.Strip(title).Text.ReplaceLineEndings(" ").Trim();
        var apart = Foreign.Replace(Address.Replace(Closing.Replace(plain, "${word} issue ${issue}"), ""), "${repo} issue ${issue}");
        var line = Mention.Replace(Skipping.Replace(apart, "(${what})"), "${before}@ ${name}");
        return line.Length == 0 ? $"Work on {issue}" : line.Length <= 200 ? line : $"{line.AsSpan(0, 200)}…";
    }
}
