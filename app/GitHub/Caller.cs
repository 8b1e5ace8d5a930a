namespace Muster.App.GitHub;

/// <summary>Who asks, and with how much power.</summary>
public abstract record Caller
{
    private Caller()
    {
    }

    /// <summary>The App itself, about itself.</summary>
    public sealed record App(GitHubIdentity Identity) : Caller;

    /// <summary>The App in one repository, for one act.</summary>
    public sealed record Inside(GitHubIdentity Identity, RepoRef Repo, Act Act) : Caller;

    /// <summary>Whoever was given this token.</summary>
    public sealed record Holder(InstallationToken Token) : Caller;
}
