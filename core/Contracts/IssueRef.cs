using System.Globalization;

namespace Muster.Core.Contracts;

/// <summary>An issue as a contract names it: <c>11</c> of the same repository (<see cref="Repo"/> is null), or <c>owner/name#4</c>.</summary>
public sealed record IssueRef(RepoName? Repo, IssueNumber Number)
{
    /// <summary>Reads <c>11</c>, <c>#11</c> and <c>owner/name#11</c>; null where the text is anything else.</summary>
    public static IssueRef? Parse(string? text)
    {
        var (repo, number) = (text ?? "").Trim().Split('#') switch
        {
            [var alone] => ("", alone),
            [var before, var after] => (before, after),
            _ => ("", ""),
        };
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1)
            return null;
        if (repo.Length == 0)
            return new IssueRef(null, new IssueNumber(value));
        return RepoName.Parse(repo) is { } name && !repo.Any(char.IsWhiteSpace) ? new IssueRef(name, new IssueNumber(value)) : null;
    }

    public override string ToString() => $"{Repo}{Number}";
}
