using System.Text.Json.Nodes;
using Muster.Core.Recorder;
using Muster.Demo.Staging;

namespace Muster.Demo.Stories;

/// <summary>How a story ended: what the app recorded, and what GitHub has to say about the same.</summary>
public sealed record Ending
{
    public required Story Story { get; init; }

    public required bool TwoApps { get; init; }

    /// <summary>The fold over all events of the wave.</summary>
    public required WaveStory Wave { get; init; }

    public required IReadOnlyList<Recorded> Events { get; init; }

    /// <summary>Issue numbers by key.</summary>
    public required IReadOnlyDictionary<string, int> Issues { get; init; }

    /// <summary>The colleague's pull requests, by the key of their issue.</summary>
    public required IReadOnlyDictionary<string, int> Rivals { get; init; }

    public required IReadOnlyList<JournalLine> Journal { get; init; }

    /// <summary>Every issue and pull request as GitHub lists them.</summary>
    public required IReadOnlyList<JsonNode> Listed { get; init; }

    public required IReadOnlyDictionary<int, IReadOnlyList<JsonNode>> Comments { get; init; }

    public required IReadOnlyDictionary<int, IReadOnlyList<JsonNode>> Reviews { get; init; }

    /// <summary>Every pull request in full.</summary>
    public required IReadOnlyDictionary<int, JsonNode> PullDetails { get; init; }

    public required TimeSpan Took { get; init; }

    public required string AuthorLogin { get; init; }

    public required string ReviewerLogin { get; init; }

    public ItemStory Item(string key) => Wave.Items.GetValueOrDefault(Issues[key]) ?? new ItemStory { Issue = new(Issues[key]) };

    /// <summary>States of the reviews on an item's pull request, as GitHub has them, oldest first.</summary>
    public IReadOnlyList<string> ReviewStates(string key) => [.. ReviewsOf(key).Select(r => r["state"]!.GetValue<string>())];

    public IReadOnlyList<JsonNode> ReviewsOf(string key) => Item(key).Pull is { } pull ? Reviews.GetValueOrDefault(pull, []) : [];

    public JsonNode PullOf(string key) => PullDetails[Item(key).Pull ?? throw new InvalidOperationException($"{key} has no pull request")];

    /// <summary>Comments of the author App on an issue.</summary>
    public IEnumerable<string> Answers(string key) => Comments.GetValueOrDefault(Issues[key], [])
        .Where(c => c["user"]!["login"]!.GetValue<string>() == AuthorLogin)
        .Select(c => c["body"]!.GetValue<string>());

    /// <summary>Pull requests that the author App opened.</summary>
    public IReadOnlyList<int> Pulls => [.. Listed.Where(i => i["pull_request"] is not null && Login(i) == AuthorLogin).Select(Number)];

    public IReadOnlyList<JsonNode> Retros => [.. Listed.Where(i => i["pull_request"] is null && Login(i) == AuthorLogin)];

    /// <summary>Whether the agents of two items were at work at the same time.</summary>
    public bool Overlap(string one, string other) =>
        Item(one) is { AgentStarted: { } a, AgentEnded: { } b } && Item(other) is { AgentStarted: { } c, AgentEnded: { } d } && a < d && c < b;

    /// <summary>Things made on GitHub by the Apps: successful POSTs whose path ends so.</summary>
    public int Made(string pathEnd) =>
        Journal.Count(l => l.Made && l.Actor.AppId is not null && l.Path.EndsWith(pathEnd, StringComparison.Ordinal));

    private static string Login(JsonNode issue) => issue["user"]!["login"]!.GetValue<string>();

    private static int Number(JsonNode issue) => issue["number"]!.GetValue<int>();
}
