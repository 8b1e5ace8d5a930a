using System.Text.Json;

namespace FakeAgent;

/// <summary>What to do in one round and attempt, and what to say at the end.</summary>
internal sealed record Entry(int Round, int Attempt, IReadOnlyList<Act> Acts, JsonElement? Report);

/// <summary>
/// The script: for each role a list of entries. The entry for round and attempt is the exact one, else the last one
/// before it. A role without an entry has no script.
/// </summary>
internal static class Script
{
    private const string Fence = "```fake-agent";
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Entry? Find(Options options, string brief, Job job)
    {
        if (options.Do is { } act)
            return new Entry(job.Round, job.Attempt, [Act.Named(act)], null);
        var text = options.Script is { } file ? File.ReadAllText(file) : Block(brief);
        return text is null ? null : Choose(Parse(text), job);
    }

    /// <summary>The first fenced block of the brief that is marked for this agent.</summary>
    public static string? Block(string brief)
    {
        var lines = brief.Split('\n').Select(line => line.TrimEnd('\r')).SkipWhile(line => line.Trim() != Fence).Skip(1).ToList();
        var end = lines.FindIndex(line => line.Trim() == "```");
        return lines.Count == 0 ? null : string.Join('\n', end < 0 ? lines : lines.Take(end));
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ScriptException($"the script is no JSON: {e.Message}");
        }
    }

    private static Entry? Choose(JsonElement script, Job job)
    {
        if (script.ValueKind != JsonValueKind.Object || !script.TryGetProperty(job.Role, out var entries))
            return null;
        var all = entries.ValueKind == JsonValueKind.Array ? entries.EnumerateArray().Select(Read) : [Read(entries)];
        return all.Where(e => (e.Round, e.Attempt).CompareTo((job.Round, job.Attempt)) <= 0).OrderBy(e => (e.Round, e.Attempt)).LastOrDefault();
    }

    private static Entry Read(JsonElement entry) => new(
        Number(entry, "round", 0),
        Number(entry, "attempt", 1),
        entry.TryGetProperty("do", out var acts) ? [.. acts.EnumerateArray().Select(Act.Read)] : [],
        entry.TryGetProperty("report", out var report) ? report : null);

    private static int Number(JsonElement entry, string name, int otherwise) =>
        entry.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
