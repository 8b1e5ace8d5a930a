using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.App.Webhooks;
using Muster.Contracts;
using Muster.Contracts.Schemas;

namespace Muster.App.Tests.Webhooks;

/// <summary>One payload of the corpus.</summary>
/// <param name="What">What is special about it; empty where nothing is.</param>
internal sealed record CorpusPayload(string Event, string What, JsonNode Body)
{
    public string Kind => Body["action"] is JsonValue action ? $"{Event}.{action}" : Event;
}

/// <summary>Where payloads come from.</summary>
internal static class Corpus
{
    public const string Package = "@octokit/webhooks-examples";

    /// <summary>The folder that <c>./bot test</c> fills from <c>tests/peers/package-lock.json</c>.</summary>
    public static string Peers { get; } = Path.Combine(Root(), "tests", "peers", "node_modules");

    public static bool HasExamples => File.Exists(ExampleFile);

    private static string ExampleFile => Path.Combine(Peers, Package, "api.github.com", "index.json");

    /// <summary>The table of what each payload becomes, as it is checked in.</summary>
    public static string Table { get; } = Path.Combine(Root(), "tests", "App.Tests", "Webhooks", "Corpus.md");

    /// <summary>Payloads that GitHub really sent, of every event.</summary>
    public static IReadOnlyList<CorpusPayload> Examples() =>
    [
        .. from definition in JsonNode.Parse(File.ReadAllText(ExampleFile))!.AsArray()
           from example in definition!["examples"]!.AsArray()
           select new CorpusPayload(definition["name"]!.GetValue<string>(), "", example!),
    ];

    /// <summary>Payloads made from GitHub's schemas, for the events that mean something here.</summary>
    public static IReadOnlyList<CorpusPayload> Generated() =>
    [
        .. from webhook in Webhook.All
           where HandledEvents.Contains(webhook.Event)
           from fill in Enum.GetValues<Fill>()
           select new CorpusPayload(webhook.Event, fill.ToString(), Made(webhook, fill)),
    ];

    private static JsonNode Made(Webhook webhook, Fill fill)
    {
        var body = new Sample(Description.Webhooks, fill).Of(webhook.Schema)!;
        // Where two parts of a schema speak of one value and only one of them allows null, null is sent all the same.
        if (fill is not Fill.Nulls)
            Assert.Equal("", string.Join('\n', Webhook.Faults(webhook.Event, JsonElement.Parse(body.ToJsonString()))));
        return body;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            folder = folder.Parent ?? throw new FileNotFoundException("Bot.sln stands in no folder above the tests");
        return folder.FullName;
    }
}
