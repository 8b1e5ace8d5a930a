using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muster.Demo.Stories;

/// <summary>What the scripted agent does in which round and attempt; the last entry before one that is missing counts.</summary>
public sealed class FakeScript
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonArray entries = [];

    public static FakeScript First(params JsonObject[] acts) => new FakeScript().On(0, 1, acts);

    public FakeScript ThenAttempt(int attempt, params JsonObject[] acts) => On(0, attempt, acts);

    public FakeScript ThenRound(int round, params JsonObject[] acts) => On(round, 1, acts);

    public override string ToString() => new JsonObject { ["implement"] = entries.DeepClone() }.ToJsonString(Readable);

    private FakeScript On(int round, int attempt, JsonObject[] acts)
    {
        entries.Add(new JsonObject { ["round"] = round, ["attempt"] = attempt, ["do"] = new JsonArray([.. acts.Select(a => a.DeepClone())]) });
        return this;
    }
}

/// <summary>The acts that the stories use.</summary>
public static class Act
{
    public static JsonObject Write(string file, string text) => new() { ["act"] = "write", ["file"] = file, ["text"] = text };

    public static JsonObject Replace(string file, string find, string with) =>
        new() { ["act"] = "replace", ["file"] = file, ["find"] = find, ["with"] = with };

    public static JsonObject StubFunction(string file, string name) => new() { ["act"] = "stub-function", ["file"] = file, ["name"] = name };

    public static JsonObject AddTest(string file, string name) => new() { ["act"] = "add-test", ["file"] = file, ["name"] = name };

    public static JsonObject Sleep(TimeSpan time) => new() { ["act"] = "sleep", ["ms"] = (int)time.TotalMilliseconds };
}
