using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Muster.App.Tests.Threats;

/// <summary>What would come alive where GitHub shows a text, or where another bot reads it: judged apart from the code that quiets it.</summary>
internal static partial class Liveness
{
    private static readonly MarkdownPipeline AsGitHub = new MarkdownPipelineBuilder().UseAutoLinks().UsePipeTables().UseEmphasisExtras().Build();

    /// <summary>The people, links, closings and commands in a comment, a review or a body.</summary>
    /// <param name="closes">The one issue that a pull request's body may close.</param>
    public static IEnumerable<string> Of(string markdown, int? closes = null)
    {
        var document = Markdown.Parse(markdown, AsGitHub);
        foreach (var link in document.Descendants<LinkInline>())
            yield return $"link {link.Url}";
        foreach (var link in document.Descendants<AutolinkInline>())
            yield return $"link {link.Url}";
        foreach (var html in document.Descendants<HtmlInline>().Where(h => !Ours(h.Tag)))
            yield return $"markup {html.Tag}";
        foreach (var html in document.Descendants<HtmlBlock>().Where(h => !Ours(h.Lines.ToString())))
            yield return $"markup {html.Lines}";
        foreach (var text in Words(document))
        {
            foreach (var found in Alive(text).Where(found => closes is null || !Closing.IsMatch($"{found} ") || !text.Contains($"Closes #{closes}", StringComparison.Ordinal)))
                yield return found;
        }

        foreach (var found in Everywhere(markdown))
            yield return found;
    }

    /// <summary>The same for a title or a commit's message, which is no Markdown and where no bot looks for commands.</summary>
    public static IEnumerable<string> OfPlain(string text) => [.. Alive(text), .. text.EnumerateRunes().Where(IsUnseen).Select(r => $"unseen U+{r.Value:X4}"), .. Address.Matches(text).Select(m => $"link {m.Value}")];

    private static IEnumerable<string> Alive(string text) =>
    [
        .. Mention.Matches(text).Select(m => $"mention {m.Value}"),
        .. Closing.Matches(text).Select(m => $"closing {m.Value}"),
        .. Foreign.Matches(text).Select(m => $"reference {m.Value}"),
    ];

    // These count wherever they stand: bots read what was written, and people do not see what is invisible.
    private static IEnumerable<string> Everywhere(string text) =>
    [
        .. Command.Matches(text).Select(m => $"command {m.Value.Trim()}"),
        .. text.EnumerateRunes().Where(IsUnseen).Select(r => $"unseen U+{r.Value:X4}"),
    ];

    private static bool IsUnseen(System.Text.Rune rune) => rune.Value is (< 0x20 and not ('\n' or '\r' or '\t')) or (>= 0x7F and <= 0x9F)
        or 0x061C or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0xFEFF or (>= 0xE0000 and <= 0xE01EF);

    // Each paragraph, cell and heading as the text a person sees, with its code left out.
    private static IEnumerable<string> Words(MarkdownDocument document) =>
        from block in document.Descendants<LeafBlock>()
        where block is not CodeBlock && block.Inline is not null
        select string.Concat(block.Inline!.Descendants().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            LineBreakInline => "\n",
            CodeInline => "\u00B7",
            _ => "",
        }));

    private static bool Ours(string tag) => tag.Trim() is "<details>" or "</details>" or "<summary>" or "</summary>" || tag.StartsWith("<!-- muster ", StringComparison.Ordinal)
        || tag.StartsWith("<details><summary>", StringComparison.Ordinal) || tag.Trim() == "</details>";

    [GeneratedRegex(@"(?<![\w`/@])@[A-Za-z0-9][\w/-]*")]
    private static partial Regex Mention { get; }

    [GeneratedRegex(@"\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:(?:[\w.-]+/[\w.-]+)?#\d+|GH-\d+|https?://\S+/(?:issues|pull)/\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Closing { get; }

    [GeneratedRegex(@"[\w.-]+/[\w.-]+#\d+")]
    private static partial Regex Foreign { get; }

    [GeneratedRegex(@"(?:https?|ftp)://\S+|\bwww\.\S+|\bmailto:\S+|\bjavascript:\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"^(?:/[a-z][\w-]*.*|@(?:dependabot|bors|renovate|mergify)\b.*|bors\b.*)$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command { get; }
}
