using System.Text.Json.Serialization;
using Muster.Core;

namespace Muster.App.GitHub;

// What we read of GitHub's objects, in webhooks and in answers alike. Fields come and go with the event, the endpoint
// and the server's version, so all but the numbers that make an object one are nullable.

/// <param name="Type"><c>User</c>, <c>Bot</c> or <c>Organization</c>.</param>
public sealed record User(long Id, string? Login, string? Type)
{
    /// <summary>No machine, whichever of its two marks an event carries: the type, or the name that only Apps get.</summary>
    [JsonIgnore]
    public bool IsPerson => Type is "User" && Login?.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase) is not true;
}

public sealed record Label(string? Name, string? Color = null, string? Description = null);

public sealed record Repository(
    long Id,
    string? FullName,
    string? DefaultBranch,
    bool? Private,
    User? Owner,
    bool? Archived);

public sealed record Installation(long Id, long? AppId, User? Account, DateTimeOffset? SuspendedAt);

/// <summary>The App through which something was done.</summary>
public sealed record AppRef(long Id, string? Slug);

public sealed record Issue(
    long Id,
    int Number,
    string? Title,
    string? Body,
    User? User,
    string? State,
    string? StateReason,
    IReadOnlyList<Label>? Labels,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    DateTimeOffset? ClosedAt,
    string? HtmlUrl,
    IssuePull? PullRequest,
    string? RepositoryUrl)
{
    /// <summary>Where it is, told by the end of its repository's address; null where that was not sent.</summary>
    [JsonIgnore]
    public RepoName? Repo => RepositoryUrl?.TrimEnd('/').Split('/') is [.., var owner, var name] ? RepoName.Parse($"{owner}/{name}") : null;

    /// <summary>GitHub lists pull requests among the issues.</summary>
    [JsonIgnore]
    public bool IsPull => PullRequest is not null;

    [JsonIgnore]
    public bool IsOpen => State is "open";

    public bool Carries(string label) =>
        Labels?.Any(one => string.Equals(one.Name, label, StringComparison.OrdinalIgnoreCase)) ?? false;
}

public sealed record IssuePull(string? Url, DateTimeOffset? MergedAt);

public sealed record Comment(
    long Id,
    string? Body,
    User? User,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    string? HtmlUrl,
    AppRef? PerformedViaGithubApp);

public sealed record Pull(
    long Id,
    int Number,
    string? NodeId,
    string? Title,
    string? Body,
    string? State,
    bool? Draft,
    bool? Merged,
    User? User,
    User? MergedBy,
    DateTimeOffset? MergedAt,
    string? MergeCommitSha,
    bool? Mergeable,
    PullSide? Head,
    PullSide? Base,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    string? HtmlUrl)
{
    [JsonIgnore]
    public bool IsOpen => State is "open";

    /// <summary>Lists leave <c>merged</c> out and give the time only.</summary>
    [JsonIgnore]
    public bool IsMerged => Merged is true || MergedAt is not null;
}

/// <param name="Repo">Null where a fork is gone.</param>
public sealed record PullSide(string? Ref, string? Sha, string? Label, Repository? Repo);

/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c>, <c>DISMISSED</c> or <c>PENDING</c>; in webhooks in lower case.</param>
public sealed record Review(long Id, User? User, string? Body, string? State, string? CommitId, DateTimeOffset? SubmittedAt, string? HtmlUrl);

public sealed record CheckRun(
    long Id,
    string? Name,
    string? HeadSha,
    string? ExternalId,
    string? Status,
    string? Conclusion,
    AppRef? App,
    string? HtmlUrl);

/// <summary>The App as it sees itself.</summary>
public sealed record AppSelf(long Id, string Slug)
{
    /// <summary>The account that its acts are shown under.</summary>
    [JsonIgnore]
    public string BotLogin => $"{Slug}[bot]";
}

/// <summary>What a person may do in a repository, asked at that moment.</summary>
/// <param name="Value"><c>admin</c>, <c>write</c> (maintainers too), <c>read</c> or <c>none</c>.</param>
public sealed record RepoAccess([property: JsonPropertyName("permission")] string? Value, string? RoleName, User? User)
{
    [JsonIgnore]
    public bool MayWrite => Value is "admin" or "write";
}

/// <summary>Something that happened to an issue: <c>labeled</c>, <c>unlabeled</c>, <c>cross-referenced</c>, <c>closed</c> and many more.</summary>
public sealed record TimelineEvent(
    string? Event,
    User? Actor,
    Label? Label,
    DateTimeOffset? CreatedAt,
    TimelineSource? Source,
    AppRef? PerformedViaGithubApp);

/// <summary>What mentions the issue.</summary>
public sealed record TimelineSource(string? Type, Issue? Issue);

/// <summary>One attempt of GitHub's to tell us something.</summary>
/// <param name="Key">The delivery id that the webhook carries; all attempts share it.</param>
public sealed record HookDelivery(
    long Id, [property: JsonPropertyName("guid")] string? Key, DateTimeOffset? DeliveredAt, int? StatusCode, string? Event, string? Action);

public sealed record GitRef(string? Ref, [property: JsonPropertyName("object")] GitRefTarget? Target);

public sealed record GitRefTarget(string? Sha);

public sealed record RepositoryPage(IReadOnlyList<Repository>? Repositories);

public sealed record CheckRunPage(IReadOnlyList<CheckRun>? CheckRuns);

public sealed record GraphQlReply(IReadOnlyList<GraphQlError>? Errors);

public sealed record GraphQlError(string? Type, string? Message);
