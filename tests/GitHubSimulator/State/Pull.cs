namespace Muster.GitHubSimulator.State;

/// <summary>What makes an issue a pull request.</summary>
internal sealed class Pull
{
    public required long Id { get; init; }

    public required Issue Issue { get; init; }

    public required string HeadBranch { get; init; }

    /// <summary>The fork that the head branch is in; null for a branch of the repository itself.</summary>
    public Repository? HeadRepository { get; init; }

    /// <summary>Whether that fork has been deleted since.</summary>
    public bool HeadIsGone { get; set; }

    /// <summary>Issues that a person tied to it in the sidebar, without any word in its text.</summary>
    public List<Issue> LinkedByHand { get; } = [];

    public required string HeadSha { get; set; }

    public required string BaseBranch { get; set; }

    /// <summary>The base branch's head when the pull request was opened or last moved: GitHub does not follow the branch.</summary>
    public required string BaseSha { get; set; }

    public required bool Draft { get; set; }

    /// <summary>Every head it ever had: reviews may be pinned to an earlier one.</summary>
    public List<string> Heads { get; } = [];

    public DateTimeOffset? MergedAt { get; set; }

    public Account? MergedBy { get; set; }

    public string? MergeCommitSha { get; set; }

    public List<Review> Reviews { get; } = [];

    public List<ReviewComment> Comments { get; } = [];

    public PullSize Size { get; set; } = new(0, 0, 0, 0);

    public bool Merged => MergedAt is not null;

    public int Number => Issue.Number;

    /// <summary>Whether the head merges cleanly into this base, remembered for one pair of commits.</summary>
    public (string Base, string Head, bool Clean)? Mergeability { get; set; }
}

internal sealed record PullSize(int Commits, int Additions, int Deletions, int ChangedFiles);

internal sealed class Review
{
    public required long Id { get; init; }

    public required By Author { get; init; }

    public required string CommitId { get; init; }

    public required string Body { get; set; }

    /// <summary>APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED or PENDING.</summary>
    public required string State { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }
}

internal sealed record ReviewComment(
    long Id,
    Review Review,
    By Author,
    string Path,
    int Line,
    string Side,
    int? StartLine,
    string? StartSide,
    int Position,
    string DiffHunk,
    string CommitId,
    string Body,
    DateTimeOffset CreatedAt);
