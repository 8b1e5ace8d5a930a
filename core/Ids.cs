using System.Globalization;

namespace Muster.Core;

/// <summary>GitHub's own number of a repository: it survives renames and transfers, so everything is keyed by it.</summary>
public readonly record struct RepoId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>owner/name</c> as people write it. Compared without regard to case, as GitHub does.</summary>
public sealed record RepoName(string Owner, string Name)
{
    /// <summary>Reads <c>owner/name</c>; null where the text is anything else.</summary>
    public static RepoName? Parse(string? text) =>
        text?.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name] ? new RepoName(owner, name) : null;

    public bool Equals(RepoName? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";
}

public readonly record struct IssueNumber(int Value)
{
    public override string ToString() => $"#{Value}";
}

public readonly record struct PullNumber(int Value)
{
    public override string ToString() => $"#{Value}";
}

/// <summary>A full commit id: 40 lower-case hexadecimal digits.</summary>
public readonly record struct CommitSha(string Value)
{
    /// <summary>The first ten digits: enough for a person.</summary>
    public string Abbreviated => Value.Length > 10 ? Value[..10] : Value;

    public override string ToString() => Value;
}

public readonly record struct WaveId(long Value)
{
    public override string ToString() => $"w{Value}";
}

public readonly record struct ItemId(long Value)
{
    public override string ToString() => $"i{Value}";
}

public readonly record struct JobId(long Value)
{
    public override string ToString() => $"j{Value}";
}

/// <summary>How often a job has been claimed. Only the newest epoch may cause an effect.</summary>
public readonly record struct Epoch(int Value)
{
    public override string ToString() => $"e{Value}";
}
