using System.Text.Json.Serialization;
using Muster.Core;

namespace Muster.App.GitHub;

/// <summary>What GitHub itself knows of an issue: how it stands, which pull requests belong to it, and what it waits for.</summary>
/// <param name="State">As in REST; null where it could not be found out.</param>
public sealed record IssueTies(string? State, string? StateReason, IReadOnlyList<TiedPull> Pulls, IReadOnlyList<TiedIssue> BlockedBy);

/// <summary>A pull request that closes an issue, by a keyword or because a person said so, or that only speaks of it.</summary>
/// <param name="Author">As in REST: a machine's login has its brackets.</param>
public sealed record TiedPull(PullNumber Number, bool Open, bool Merged, bool Draft, string? Url, string? Author, bool Closes);

/// <summary>An issue that another one waits for.</summary>
/// <param name="Repo">Null where GitHub did not say.</param>
public sealed record TiedIssue(RepoName? Repo, IssueNumber Number, string? State, string? StateReason);

// What GraphQL answers. Its words are in capitals, and a bot has no brackets.

internal sealed record GraphReply(GraphData? Data, IReadOnlyList<GraphQlError>? Errors);

internal sealed record GraphData(IReadOnlyDictionary<string, GraphIssue?>? Repository);

internal sealed record GraphIssue(int Number, string? State, string? StateReason, GraphList<GraphPull>? ClosedByPullRequestsReferences, GraphList<GraphBlocker>? BlockedBy)
{
    public IssueTies Ties(RepoName here) => new(
        State?.ToLowerInvariant(),
        StateReason?.ToLowerInvariant(),
        [.. ClosedByPullRequestsReferences?.Nodes?.OfType<GraphPull>().Where(p => here.Equals(p.Repository?.Name)).Select(p => p.Tied) ?? []],
        [.. BlockedBy?.Nodes?.OfType<GraphBlocker>().Select(b => b.Tied) ?? []]);
}

internal sealed record GraphList<T>(IReadOnlyList<T?>? Nodes);

internal sealed record GraphPull(int Number, string? State, bool? IsDraft, string? Url, GraphAccount? Author, GraphRepository? Repository)
{
    [JsonIgnore]
    public TiedPull Tied => new(new PullNumber(Number), State is "OPEN", State is "MERGED", IsDraft is true, Url, Author?.Name, Closes: true);
}

internal sealed record GraphBlocker(int Number, string? State, string? StateReason, GraphRepository? Repository)
{
    [JsonIgnore]
    public TiedIssue Tied => new(Repository?.Name, new IssueNumber(Number), State?.ToLowerInvariant(), StateReason?.ToLowerInvariant());
}

internal sealed record GraphAccount([property: JsonPropertyName("__typename")] string? Type, string? Login)
{
    [JsonIgnore]
    public string? Name => Type is "Bot" ? $"{Login}[bot]" : Login;
}

internal sealed record GraphRepository(string? NameWithOwner)
{
    [JsonIgnore]
    public RepoName? Name => RepoName.Parse(NameWithOwner ?? "");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GraphReply))]
internal sealed partial class GraphJson : JsonSerializerContext;
