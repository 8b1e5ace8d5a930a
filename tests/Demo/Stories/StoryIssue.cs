using System.Text;
using System.Text.Json;

namespace Muster.Demo.Stories;

/// <summary>An issue of a story: what a person would write, its contract, and what the scripted agent makes of it.</summary>
/// <param name="Key">Its name in the story.</param>
public sealed record StoryIssue(string Key, string Title, string Says)
{
    public IReadOnlyList<string> Scope { get; init; } = [];

    public IReadOnlyList<string> Files { get; init; } = [];

    public IReadOnlyList<string> Acceptance { get; init; } = [];

    public IReadOnlyList<string> Tests { get; init; } = [];

    public FakeScript? Script { get; init; }

    /// <summary>What the project's tree must hold for this issue to make sense, checked before anything starts.</summary>
    public IReadOnlyList<Anchor> Anchors { get; init; } = [];

    public string Body
    {
        get
        {
            var body = new StringBuilder().AppendLine(Says).AppendLine().AppendLine("```muster");
            Line(body, "scope", Scope);
            Line(body, "files", Files);
            Line(body, "acceptance", Acceptance);
            Line(body, "tests", Tests);
            body.AppendLine("```");
            if (Script is not null)
            {
                body.AppendLine().AppendLine("```fake-agent").AppendLine(Script.ToString()).AppendLine("```");
            }

            return body.ToString();
        }
    }

    private static void Line(StringBuilder body, string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            body.AppendLine($"{key}: [{string.Join(", ", values.Select(v => JsonSerializer.Serialize(v, Plain)))}]");
        }
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>A text that must stand exactly once in a file of the project, followed by so many lines up to the end of its block.</summary>
public sealed record Anchor(string File, string Text, int LeastLines)
{
    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Fault(string project)
    {
        var path = Path.Combine(project, File);
        if (!System.IO.File.Exists(path))
        {
            return $"{File} is no longer in the tree";
        }

        var parts = System.IO.File.ReadAllText(path).Split(Text);
        if (parts.Length != 2)
        {
            return $"\"{Text.Trim()}\" stands {parts.Length - 1} times in {File}, not once";
        }

        var indent = Text[..^Text.TrimStart().Length];
        var lines = parts[1].Split('\n').TakeWhile(l => l != $"{indent}}}").Count();
        return lines >= LeastLines ? null : $"\"{Text.Trim()}\" in {File} has {lines} lines, fewer than {LeastLines}";
    }
}
