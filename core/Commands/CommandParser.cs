using Markdig;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Muster.Core.Commands;

/// <summary>
/// Finds commands in a comment. A command is said, not quoted or shown: it is the first token of a line of plain
/// paragraph text, so anything in quotes, code, comments, headings and links is left alone.
/// </summary>
public static class CommandParser
{
    /// <summary>What lies behind this many characters is not read. GitHub itself stops a comment there.</summary>
    public const int LongestBody = 64 * 1024;

    private const int MostCommands = 20;
    private const int LongestEcho = 40;

    private static readonly string[] Openers = ["/dispatch", "/muster"];
    private static readonly MarkdownPipeline Pipeline = BuildPipeline();

    public static IReadOnlyList<Command> Parse(string markdown)
    {
        if (!Openers.Any(opener => markdown.Contains(opener, StringComparison.OrdinalIgnoreCase)))
            return [];
        var text = Bounded(markdown);
        try
        {
            return [.. Paragraphs(Markdown.Parse(text, Pipeline)).SelectMany(paragraph => Lines(paragraph, text)).Take(MostCommands).Select(Read)];
        }
        catch (ArgumentException)
        {
            // Markdig refuses to nest deeper than it can safely walk. Nobody commands from down there.
            return [];
        }
    }

    private static Command Read(string line)
    {
        var rest = line[(Opener(line)?.Length ?? 0)..].Trim();
        var name = rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : "";
        var named = CommandTable.Entries.FirstOrDefault(e => e.Name.Length > 0 && e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named is null && name.Length > 0 && !name.StartsWith("--", StringComparison.Ordinal))
            return new Command.Unknown(Echo(name), Nearest.Of(name, CommandTable.Entries.Select(e => e.Name).Where(n => n.Length > 0)));

        var entry = named ?? CommandTable.Entries[0];
        var behind = named is null ? rest : rest[name.Length..].Trim();
        // Free text is handed on as it is: what looks like an option in it is none.
        var (arguments, fault) = entry.Kind == typeof(Command.Steer) || entry.Kind == typeof(Command.Pause) || entry.Kind == typeof(Command.Freeze)
            ? (new CommandArguments(behind, behind.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), new Dictionary<string, string>()), "")
            : CommandArguments.Of(behind);
        return arguments is null
            ? new Command.Unknown(Echo(fault), Meant(entry))
            : entry.Make(arguments) ?? new Command.Unknown(Echo(rest), Meant(entry));
    }

    private static string Meant(CommandEntry entry) => entry.Usage["/dispatch".Length..].Trim();

    // What is said back to the person must not break out of the code span it is shown in.
    private static string Echo(string text)
    {
        var plain = text.Replace('`', '\'');
        return plain.Length <= LongestEcho ? plain : plain[..LongestEcho] + "...";
    }

    private static IEnumerable<ParagraphBlock> Paragraphs(ContainerBlock container)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case QuoteBlock:
                    continue;
                case ParagraphBlock paragraph:
                    yield return paragraph;
                    break;
                case ContainerBlock inner:
                    foreach (var paragraph in Paragraphs(inner))
                        yield return paragraph;
                    break;
            }
        }
    }

    private static IEnumerable<string> Lines(ParagraphBlock paragraph, string text)
    {
        for (var inline = paragraph.Inline?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            if (inline is not LiteralInline || inline.PreviousSibling is not (null or LineBreakInline))
                continue;
            var start = inline.Span.Start;
            var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
            if (!text.AsSpan(lineStart, start - lineStart).IsWhiteSpace())
                continue;
            var end = text.IndexOf('\n', start);
            var line = text[start..(end < 0 ? text.Length : end)];
            if (Opener(line) is not null)
                yield return line;
        }
    }

    private static string? Opener(string line) => Openers.FirstOrDefault(opener =>
        line.StartsWith(opener, StringComparison.OrdinalIgnoreCase)
        && (line.Length == opener.Length || char.IsWhiteSpace(line[opener.Length])));

    // A code span never reaches over a blank line: cutting there cannot turn shown text into said text.
    private static string Bounded(string markdown)
    {
        var text = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (text.Length <= LongestBody)
            return text;
        var blank = text.LastIndexOf("\n\n", LongestBody, StringComparison.Ordinal);
        return blank < 0 ? "" : text[..blank];
    }

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
        // Emphasis never hides a command, and its matching is the slow part on hostile text.
        builder.InlineParsers.TryRemove<EmphasisInlineParser>();
        return builder.Build();
    }
}
