namespace Muster.GitHubSimulator.State;

/// <summary>What a person may do in a repository, weakest first.</summary>
internal enum Role
{
    None,
    Read,
    Triage,
    Write,
    Maintain,
    Admin,
}

internal static class RoleNames
{
    public static Role? Parse(string text) => text switch
    {
        "read" or "pull" => Role.Read,
        "triage" => Role.Triage,
        "write" or "push" => Role.Write,
        "maintain" => Role.Maintain,
        "admin" => Role.Admin,
        "none" => Role.None,
        _ => null,
    };

    public static string RoleName(this Role role) => role switch
    {
        Role.None => "",
        Role.Read => "read",
        Role.Triage => "triage",
        Role.Write => "write",
        Role.Maintain => "maintain",
        _ => "admin",
    };

    /// <summary>The older, coarser word: GitHub maps maintain to write and triage to read.</summary>
    public static string Permission(this Role role) => role switch
    {
        Role.None => "none",
        Role.Read or Role.Triage => "read",
        Role.Write or Role.Maintain => "write",
        _ => "admin",
    };
}
