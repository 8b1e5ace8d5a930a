using System.Text.Json.Serialization;

namespace Muster.App.GitHub;

// What we send. A null is left out, which GitHub reads as "leave it as it is".

public sealed record CommentText(string Body);

public sealed record LabelNames(IReadOnlyList<string> Labels);

public sealed record ReactionContent(string Content);

public sealed record NewIssue(string Title, string Body, IReadOnlyList<string> Labels);

public sealed record IssueEdit(string? Title = null, string? Body = null, string? State = null);

public sealed record NewPull(string Title, string Body, string Head, string Base, bool Draft);

/// <param name="Event"><c>APPROVE</c>, <c>REQUEST_CHANGES</c> or <c>COMMENT</c>.</param>
public sealed record NewReview(string CommitId, string Body, string Event, IReadOnlyList<NewReviewComment> Comments);

public sealed record Dismissal(string Message, string Event = "DISMISS");

/// <summary>A remark at one line of the new side of the diff. One line that is not in the diff refuses the whole review.</summary>
public sealed record NewReviewComment(string Path, int Line, string Body, string Side = "RIGHT");

/// <param name="Conclusion"><c>success</c>, <c>failure</c>, <c>neutral</c> or <c>action_required</c>.</param>
public sealed record NewCheckRun(
    string Name,
    string HeadSha,
    string ExternalId,
    string Conclusion,
    CheckOutput Output,
    string Status = "completed",
    string? DetailsUrl = null);

public sealed record CheckOutput(string Title, string Summary);

public sealed record GraphQlRequest(string Query, IReadOnlyDictionary<string, string> Variables);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AppSelf))]
[JsonSerializable(typeof(CheckRunPage))]
[JsonSerializable(typeof(CommentText))]
[JsonSerializable(typeof(GitRef))]
[JsonSerializable(typeof(GraphQlReply))]
[JsonSerializable(typeof(GraphQlRequest))]
[JsonSerializable(typeof(IReadOnlyList<Comment>))]
[JsonSerializable(typeof(IReadOnlyList<HookDelivery>))]
[JsonSerializable(typeof(IReadOnlyList<Installation>))]
[JsonSerializable(typeof(IReadOnlyList<Issue>))]
[JsonSerializable(typeof(IReadOnlyList<Label>))]
[JsonSerializable(typeof(IReadOnlyList<Pull>))]
[JsonSerializable(typeof(IReadOnlyList<Review>))]
[JsonSerializable(typeof(IReadOnlyList<TimelineEvent>))]
[JsonSerializable(typeof(Installation))]
[JsonSerializable(typeof(InstallationToken))]
[JsonSerializable(typeof(IssueEdit))]
[JsonSerializable(typeof(LabelNames))]
[JsonSerializable(typeof(NewCheckRun))]
[JsonSerializable(typeof(NewIssue))]
[JsonSerializable(typeof(NewPull))]
[JsonSerializable(typeof(NewReview))]
[JsonSerializable(typeof(RepoAccess))]
[JsonSerializable(typeof(ReactionContent))]
[JsonSerializable(typeof(Repository))]
[JsonSerializable(typeof(RepositoryPage))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Dismissal))]
internal sealed partial class GitHubJson : JsonSerializerContext;
