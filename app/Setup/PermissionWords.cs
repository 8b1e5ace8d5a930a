using Muster.App.GitHub;

namespace Muster.App.Setup;

/// <summary>Why each App asks for what it asks for, in words for the person who is to allow it.</summary>
public static class PermissionWords
{
    private static readonly Dictionary<(GitHubIdentity, string Permission), string> Author = new()
    {
        [(GitHubIdentity.Author, "metadata")] = "GitHub gives it to every App: names of repositories, and who may write in them.",
        [(GitHubIdentity.Author, "issues")] = "Read what is to be done, comment on it, label it, and file the retro.",
        [(GitHubIdentity.Author, "pull_requests")] = "Open pull requests, and find those that are there already.",
        [(GitHubIdentity.Author, "contents")] = "Fetch the code and push branches of its own. Each runner gets it for one repository and one job at a time.",
        [(GitHubIdentity.Author, "checks")] = "Post the verdict as the check muster/verdict where there is no reviewer App.",
        [(GitHubIdentity.Reviewer, "metadata")] = "GitHub gives it to every App: names of repositories.",
        [(GitHubIdentity.Reviewer, "contents")] = "Read the change that is judged. It can write none.",
        [(GitHubIdentity.Reviewer, "pull_requests")] = "Approve, or request changes: GitHub lets no App do that on its own pull request.",
        [(GitHubIdentity.Reviewer, "checks")] = "Post the verdict as the check muster/verdict, which branch protection can require.",
    };

    private static readonly Dictionary<string, string> Events = new()
    {
        ["issues"] = "Somebody labels or closes an issue.",
        ["issue_comment"] = "Somebody gives a command in a comment.",
        ["pull_request"] = "A pull request is merged or closed.",
        ["delete"] = "A branch is deleted, which means stop.",
        ["repository"] = "A repository is renamed or moved.",
    };

    /// <summary>Null where nobody wrote down why.</summary>
    public static string? Of(GitHubIdentity identity, string permission) => Author.GetValueOrDefault((identity, permission));

    public static string? OfEvent(string name) => Events.GetValueOrDefault(name);
}
