using Muster.Core.Contracts;

namespace Muster.Core.Wire;

/// <summary>What a job asks of a runner.</summary>
public enum JobKind
{
    Implement,
    Review,
}

/// <summary>
/// All a runner is told about one claimed job. It holds no secret and names no API of GitHub: tokens are asked for
/// one act at a time, and the clone address is where git goes.
/// </summary>
public sealed record JobOrder
{
    /// <summary>The version of this message; a runner refuses one it does not know, in words.</summary>
    public int Version { get; init; } = 1;

    public required JobId Job { get; init; }

    /// <summary>The claim this order belongs to; every later call about the job repeats it.</summary>
    public required Epoch Epoch { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary><c>owner/name</c>, for people and for folder names.</summary>
    public required RepoName Repository { get; init; }

    /// <summary>Whether strangers can write to the repository's issues: such jobs are never run without a sandbox.</summary>
    public required bool Public { get; init; }

    /// <summary>Where git clones from and pushes to.</summary>
    public required string CloneUrl { get; init; }

    public required IssueNumber Issue { get; init; }

    /// <summary>From 1 in every round.</summary>
    public required int Attempt { get; init; }

    /// <summary>0 makes the pull request; 1 and 2 follow a blocking verdict.</summary>
    public required int Round { get; init; }

    /// <summary>The id of the agent that plays the role, out of the list this runner registered.</summary>
    public required string Agent { get; init; }

    /// <summary>The commit the whole change is measured against.</summary>
    public required CommitSha Base { get; init; }

    /// <summary>The commit work starts from: the base in round 0, the head of the pull request after that. A reviewer reads this commit.</summary>
    public required CommitSha Start { get; init; }

    /// <summary>The branch to push, without <c>refs/heads/</c>; for a reviewer the branch its commit stands on.</summary>
    public required string Branch { get; init; }

    /// <summary>The whole text for the agent's standard input. A line <see cref="DiffMark"/> in it is replaced by the diff from base to start.</summary>
    public required string Brief { get; init; }

    /// <summary>Stands in a reviewer's brief where the runner, which has the objects, puts the diff.</summary>
    public const string DiffMark = "%%muster:diff%%";

    public required Contract Contract { get; init; }

    public required GateRules Gates { get; init; }

    public required JobLimits Limits { get; init; }

    /// <summary>Message and date of the one commit to make; null for a job that makes none.</summary>
    public CommitRecipe? Commit { get; init; }
}

/// <summary>What ends an agent's run whatever it says.</summary>
/// <param name="WallSeconds">From start to the end.</param>
/// <param name="SilenceSeconds">Without a byte of output or a change in the workspace.</param>
/// <param name="OutputBytes">Kept of standard output and of standard error each; more is counted and dropped.</param>
public sealed record JobLimits(int WallSeconds, int SilenceSeconds, long OutputBytes);

/// <summary>Makes the commit deterministic: the same tree on the same parent gives the same id, so a repeat is no change.</summary>
/// <param name="Message">The whole message, trailers included.</param>
/// <param name="UnixSeconds">Author and committer date, in UTC.</param>
public sealed record CommitRecipe(string Message, long UnixSeconds);

/// <summary>What each gate does when it finds something, by rule name; a rule that is not named blocks.</summary>
/// <param name="Protected">Globs that are protected beside the built-in ones.</param>
public sealed record GateRules(IReadOnlyDictionary<string, GateAction> Actions, IReadOnlyList<string> Protected)
{
    public static GateRules Default { get; } = new(new Dictionary<string, GateAction>(), []);

    public GateAction For(string rule) => Actions.GetValueOrDefault(rule, GateAction.Block);
}

public enum GateAction
{
    Block,
    AskPerson,
    AskReviewer,
    Off,
}
