using Muster.GitHubSimulator.Git;

namespace Muster.GitHubSimulator.State;

/// <summary>A repository: its settings, all that was said in it, and the bare git repository behind it.</summary>
internal sealed class Repository
{
    public required long Id { get; init; }

    public required Account Owner { get; set; }

    public required string Name { get; set; }

    /// <summary>Full names it had; each leads here until another repository takes it.</summary>
    public List<string> FormerNames { get; } = [];

    /// <summary>Where it was forked from.</summary>
    public Repository? Parent { get; init; }

    public required string DefaultBranch { get; init; }

    public required bool Private { get; init; }

    /// <summary>Whether pull requests may be drafts: GitHub refuses them in private repositories of free plans.</summary>
    public required bool Drafts { get; init; }

    public required GitStore Git { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset PushedAt { get; set; }

    public Dictionary<string, Role> Collaborators { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, Label> Labels { get; } = new(StringComparer.OrdinalIgnoreCase);

    public SortedDictionary<int, Issue> Issues { get; } = [];

    public List<CheckRun> CheckRuns { get; } = [];

    /// <summary>The refs as last announced: what differs from git is what still has to be said.</summary>
    public Dictionary<string, string> Refs { get; set; } = new(StringComparer.Ordinal);

    /// <summary>One push at a time, so that what a push changed can be told from what its neighbour changed.</summary>
    public SemaphoreSlim Pushing { get; } = new(1, 1);

    public string FullName => $"{Owner.Login}/{Name}";

    public IEnumerable<Pull> Pulls => Issues.Values.Select(i => i.Pull).OfType<Pull>();

    public Role RoleOf(Account account)
    {
        if (account.Id == Owner.Id)
            return Role.Admin;
        if (Collaborators.TryGetValue(account.Login, out var role))
            return role;
        return Private ? Role.None : Role.Read;
    }

    public string? Branch(string name) => Refs.GetValueOrDefault("refs/heads/" + name);
}
