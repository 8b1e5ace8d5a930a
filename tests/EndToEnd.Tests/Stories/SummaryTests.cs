using System.Text.Json.Nodes;
using Muster.Demo.Summary;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>The JSON that <c>./bot demo --json</c> prints.</summary>
public sealed class SummaryTests
{
    private static readonly string[] ItemMembers =
        ["issue", "placement", "waitsOn", "state", "outcome", "pull", "attempts", "rounds", "gates", "reviews", "agentStarted", "agentEnded"];

    [Fact]
    public async Task The_document_has_exactly_its_members_whatever_is_null()
    {
        var document = await DocumentAsync();

        Assert.Equal(["wave", "items", "retro", "effects", "seconds"], Members(document));
        Assert.Equal(["pulls", "reviews", "comments", "checks"], Members(document["effects"]!));
        Assert.All(document["items"]!.AsArray(), i => Assert.Equal(ItemMembers, Members(i!)));
        Assert.All(Inner(document, "gates"), g => Assert.Equal(["rule", "file", "line"], Members(g)));
        Assert.All(Inner(document, "reviews"), r => Assert.Equal(["state", "commit", "author"], Members(r)));
    }

    [Fact]
    public async Task Its_effects_are_those_that_GitHub_saw()
    {
        var ending = await Played.AsyncOf("night");
        var effects = (await DocumentAsync())["effects"]!;

        Assert.Equal(ending.Made("/pulls"), effects["pulls"]!.GetValue<int>());
        Assert.Equal(ending.Made("/reviews"), effects["reviews"]!.GetValue<int>());
        Assert.Equal(ending.Made("/comments"), effects["comments"]!.GetValue<int>());
        Assert.Equal(ending.Made("/check-runs"), effects["checks"]!.GetValue<int>());
    }

    [Fact]
    public async Task Its_reviews_are_those_on_the_pull_requests()
    {
        var ending = await Played.AsyncOf("night");
        var item = (await DocumentAsync())["items"]!.AsArray().Single(i => i!["issue"]!.GetValue<int>() == ending.Issues["f"])!;

        Assert.Equal(
            ending.ReviewsOf("f").Select(r => (r["state"]!.GetValue<string>(), r["commit_id"]!.GetValue<string>(), r["user"]!["login"]!.GetValue<string>())),
            item["reviews"]!.AsArray().Select(r => (r!["state"]!.GetValue<string>(), r["commit"]!.GetValue<string>(), r["author"]!.GetValue<string>())));
    }

    private static async Task<JsonNode> DocumentAsync() => JsonNode.Parse(WaveSummary.Of(await Played.AsyncOf("night")).ToJson())!;

    private static IEnumerable<string> Members(JsonNode node) => node.AsObject().Select(p => p.Key);

    private static IEnumerable<JsonNode> Inner(JsonNode document, string name) =>
        document["items"]!.AsArray().SelectMany(i => i![name]!.AsArray()).Select(n => n!);
}
