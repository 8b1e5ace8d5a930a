using Markdig;
using Markdig.Syntax;

namespace Muster.Core.Contracts;

/// <summary>Where an issue's body keeps its contract, and the prose beside it.</summary>
/// <param name="Yaml">Front matter, or the inside of the <c>muster</c> block.</param>
/// <param name="Form">The sections of an issue form, where there is no YAML.</param>
internal sealed record ContractBlock(string? Yaml, IReadOnlyDictionary<string, string>? Form, string Prose, IReadOnlyList<LintProblem> Problems)
{
    private const int LongestProse = 64 * 1024;

    private static readonly MarkdownPipeline BlocksOnly = BuildPipeline();

    public static ContractBlock Find(string body)
    {
        var text = body.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var (front, rest) = FrontMatter(text);
        var fences = Fences(rest);
        // What the contract says is no prose: a path in a command is not where the work will be.
        var prose = fences.Aggregate(rest, (left, fence) => left.Replace(fence.Whole, "", StringComparison.Ordinal));
        prose = prose.Length <= LongestProse ? prose : prose[..LongestProse];
        var problems = new List<LintProblem>();
        if (front is not null && fences.Count > 0)
            problems.Add(new LintProblem("contract", "The issue has front matter and a `muster` block; keep one of them.", Fenced(front)));
        else if (fences.Count > 1)
            problems.Add(new LintProblem("contract", $"The issue has {fences.Count} `muster` blocks; keep one of them.", Fenced(fences[0].Yaml)));
        else if (fences is [{ Closed: false }])
            problems.Add(new LintProblem("contract", "The `muster` block is not closed.", "```"));
        var yaml = front ?? (fences.Count > 0 ? fences[0].Yaml : null);
        return new ContractBlock(yaml, yaml is null ? IssueForm.Sections(rest) : null, prose, problems);
    }

    // A body may start with a rule, or with a rule and a table of "Note: this", and is text then. It is front matter
    // when it ends like one and says something that a contract says, be it misspelt.
    private static (string? Yaml, string Below) FrontMatter(string text)
    {
        var lines = text.Split('\n');
        if (lines[0].TrimEnd() != "---")
            return (null, text);
        var end = Array.FindIndex(lines, 1, line => line.TrimEnd() is "---" or "...");
        if (end < 0)
            return (null, text);
        var yaml = string.Join('\n', lines[1..end]);
        return Speaks(yaml) ? (yaml, string.Join('\n', lines[(end + 1)..])) : (null, text);
    }

    private static bool Speaks(string yaml)
    {
        var (root, fault) = YamlTree.Read(yaml);
        if (fault is not null)
            return yaml.Split('\n').Any(line => line.Split(':', 2) is [var key, _] && ContractReader.Keys.Contains(key));
        return root is YamlNode.Mapping { Entries.Count: > 0 } map
            && (map.Entries.Any(entry => Nearest.Of(entry.Key, ContractReader.Keys) is not null)
                || map.Entries.All(entry => entry.Key.All(c => char.IsAsciiLetterLower(c) || c is '_' or '-')));
    }

    private static List<(string Yaml, string Whole, bool Closed)> Fences(string text)
    {
        if (!text.Contains("muster", StringComparison.OrdinalIgnoreCase))
            return [];
        try
        {
            return
            [
                .. Markdown.Parse(text, BlocksOnly).OfType<FencedCodeBlock>()
                    .Where(block => string.Equals(block.Info, "muster", StringComparison.OrdinalIgnoreCase))
                    .Select(block => (block.Lines.ToString(), text.Substring(block.Span.Start, Math.Min(block.Span.Length, text.Length - block.Span.Start)), block.ClosingFencedCharCount > 0)),
            ];
        }
        catch (ArgumentException)
        {
            // Nested deeper than Markdig walks: that is no issue a person wrote.
            return [];
        }
    }

    private static string Fenced(string yaml) => $"```muster\n{yaml.Trim('\n')}\n```";

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder();
        builder.InlineParsers.Clear();
        return builder.Build();
    }
}
