using System.Text.Json;

namespace FakeAgent;

/// <summary>One act of a script: a name and its arguments.</summary>
internal sealed class Act
{
    private readonly JsonElement arguments;

    private Act(string name, JsonElement arguments) => (Name, this.arguments) = (name, arguments);

    public string Name { get; }

    public static Act Named(string name) => new(name, default);

    /// <summary>Reads <c>{"act":"name",…}</c>, or the name alone where it needs no argument.</summary>
    public static Act Read(JsonElement act) => act.ValueKind switch
    {
        JsonValueKind.String => Named(act.GetString()!),
        JsonValueKind.Object when act.TryGetProperty("act", out var name) => new Act(name.GetString() ?? "", act),
        _ => throw new ScriptException($"an act is a name or an object with \"act\": {act}"),
    };

    public string Text(string name) => Find(name)?.GetString() ?? throw new ScriptException($"{Name} needs \"{name}\"");

    public string Text(string name, string otherwise) => Find(name)?.GetString() ?? otherwise;

    public int Number(string name, int otherwise) => Find(name)?.GetInt32() ?? otherwise;

    public IReadOnlyList<string> Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    private JsonElement? Find(string name) =>
        arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(name, out var value) ? value : null;
}
