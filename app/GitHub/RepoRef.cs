using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>A repository as requests need it: the number that tokens are narrowed to, and the name in paths.</summary>
public sealed record RepoRef(RepoId Id, RepoName Name)
{
    internal string Path => $"/repos/{Uri.EscapeDataString(Name.Owner)}/{Uri.EscapeDataString(Name.Name)}";

    public override string ToString() => Name.ToString();
}
