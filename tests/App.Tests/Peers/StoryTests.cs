using System.Text.Json.Nodes;
using Muster.GitHubSimulator;

namespace Muster.App.Tests.Peers;

/// <summary>
/// The clients that GitHub's own users write with, told one story: on our simulator everything is as GitHub has it, and
/// on somebody else's simulator everything is the same but for what is known to be wrong there.
/// </summary>
public sealed class StoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [SkippableFact]
    public async Task Octokit_plays_its_story_on_the_simulator_and_believes_its_webhooks()
    {
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(folder["github"]));
        var told = await Peer.PlayAsync("simulator", simulator.Url);
        Same(Peer.Read("story.json"), told);
        Assert.Equal(0, simulator.Limits.ViolationsInAll());
    }

    [SkippableFact]
    public async Task Octokit_plays_the_same_story_on_emulate_but_for_known_differences()
    {
        var told = await Peer.PlayAsync("emulate");
        var (story, known) = (Peer.Read("story.json"), Peer.Read("known-differences.json"));
        var expected = new JsonObject();
        foreach (var (step, facts) in story)
        {
            expected[step] = (known[step]?["emulate"] ?? facts)!.DeepClone();
            // A difference that is none any more is taken off the list.
            Assert.False(known[step] is { } difference && JsonNode.DeepEquals(difference["emulate"], facts), step);
        }

        Assert.Empty(known.Select(d => d.Key).Except(story.Select(s => s.Key)));
        Assert.All(known, d => Assert.NotEqual("", d.Value!["why"]!.GetValue<string>()));
        Same(expected, told);
    }

    public void Dispose() => folder.Dispose();

    private static void Same(JsonObject expected, JsonObject told) => Assert.Equal(Lines(expected), Lines(told));

    private static List<string> Lines(JsonObject steps) => [.. steps.Select(s => $"{s.Key}: {s.Value!.ToJsonString()}").Order(StringComparer.Ordinal)];
}
