namespace Muster.App.GitHub;

/// <summary>The App in whose name a request is made.</summary>
public enum GitHubIdentity
{
    /// <summary>Opens pull requests and speaks on issues.</summary>
    Author,

    /// <summary>Judges them.</summary>
    Reviewer,
}

/// <summary>What a token is for. A token can do this much in one repository and no more.</summary>
public enum Act
{
    Read,

    /// <summary>Comments, labels, reactions and issues.</summary>
    Speak,

    Pull,
    Review,
    Check,

    /// <summary>Lists an installation's repositories: the one token that is not narrowed to a repository.</summary>
    List,

    /// <summary>git, reading.</summary>
    Fetch,

    /// <summary>git, writing: minted for one job and never kept.</summary>
    Push,
}

internal static class ActPermissions
{
    public static IReadOnlyDictionary<string, string> Of(Act act) => act switch
    {
        Act.Read => Some(("contents", "read"), ("issues", "read"), ("pull_requests", "read"), ("metadata", "read")),
        Act.Speak => Some(("issues", "write")),
        Act.Pull or Act.Review => Some(("pull_requests", "write"), ("contents", "read")),
        Act.Check => Some(("checks", "write")),
        Act.List => Some(("metadata", "read")),
        Act.Fetch => Some(("contents", "read")),
        Act.Push => Some(("contents", "write")),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    private static Dictionary<string, string> Some(params ReadOnlySpan<(string Name, string Level)> permissions)
    {
        var some = new Dictionary<string, string>();
        foreach (var (name, level) in permissions)
            some.Add(name, level);
        return some;
    }
}
