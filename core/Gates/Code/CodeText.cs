namespace Muster.Core.Gates.Code;

/// <summary>
/// Source text with comments and the contents of strings blanked out, character for character and line for line, so that
/// a pattern over it meets only code. It knows how a language quotes, not its grammar, and reads any text to the end.
/// </summary>
internal static class CodeText
{
    public static string Clean(Family family, string text)
    {
        var clean = text.ToCharArray();
        var templates = new Stack<int>();
        var depth = 0;
        for (var at = 0; at < text.Length;)
        {
            if (CommentEnd(family, text, at) is var comment and > 0)
                at = Blank(clean, at, comment);
            else if (family == Family.Python && Starts(text, at, "\"\"\"", "'''") is { } triple)
                at = Triple(text, clean, at, triple);
            else if (family == Family.Script && (text[at] == '`' || (text[at] == '}' && templates.TryPeek(out var open) && open == depth)))
                at = Template(text, clean, at, templates, ref depth);
            else if (text[at] is '"' or '\'' || (text[at] == '`' && family == Family.Go))
                at = Quoted(family, text, clean, at);
            else
            {
                depth += text[at] switch { '{' => 1, '}' => -1, _ => 0 };
                at++;
            }
        }

        return new string(clean);
    }

    private static int CommentEnd(Family family, string text, int at)
    {
        if (family is Family.Python or Family.Shell)
            return text[at] == '#' && (at == 0 || family == Family.Python || char.IsWhiteSpace(text[at - 1]) || text[at - 1] == ';') ? LineEnd(text, at) : 0;
        if (text[at] != '/' || at + 1 == text.Length)
            return 0;
        if (text[at + 1] == '/')
            return LineEnd(text, at);
        if (text[at + 1] != '*')
            return 0;
        var close = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        return close < 0 ? text.Length : close + 2;
    }

    private static string? Starts(string text, int at, params ReadOnlySpan<string> marks)
    {
        foreach (var mark in marks)
        {
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0)
                return mark;
        }

        return null;
    }

    // A triple-quoted text that stands where a statement would is documentation; elsewhere it is a value.
    private static int Triple(string text, char[] clean, int at, string mark)
    {
        var close = text.IndexOf(mark, at + 3, StringComparison.Ordinal);
        var end = close < 0 ? text.Length : close + 3;
        var line = text.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1;
        var documents = line <= at && text.AsSpan(line, at - line).IsWhiteSpace();
        return documents ? Blank(clean, at, end) : Blank(clean, Math.Min(at + 1, end), Math.Max(end - 1, at + 1)) + 1;
    }

    // `text ${code} text`: the code counts, the text does not. Each open ${ remembers the depth its } will have.
    private static int Template(string text, char[] clean, int at, Stack<int> open, ref int depth)
    {
        if (text[at] == '}')
        {
            open.Pop();
            depth--;
        }

        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '`')
                return Blank(clean, at + 1, i) + 1;
            if (text[i] == '\\')
                i++;
            else if (text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                Blank(clean, at + 1, i);
                open.Push(++depth);
                return i + 2;
            }
        }

        return Blank(clean, at + 1, text.Length);
    }

    private static int Quoted(Family family, string text, char[] clean, int at)
    {
        var quote = text[at];
        // In Rust 'a may be a lifetime; a character literal closes within a few characters.
        if (family == Family.Rust && quote == '\'' && text.IndexOf('\'', at + 1, Math.Min(10, text.Length - at - 1)) is var near
            && (near < 0 || (near != at + 2 && text[at + 1] != '\\')))
            return at + 1;
        var across = family is Family.Shell or Family.Rust || quote == '`';
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
                return Blank(clean, at + 1, i) + 1;
            if (text[i] == '\n' && !across)
                return Blank(clean, at + 1, i);
            if (text[i] == '\\' && !(quote == '`' || (family == Family.Shell && quote == '\'')) && i + 1 < text.Length && text[i + 1] != '\n')
                i++;
        }

        return Blank(clean, at + 1, text.Length);
    }

    private static int LineEnd(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;

    private static int Blank(char[] clean, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (clean[i] is not ('\n' or '\r'))
                clean[i] = ' ';
        }

        return to;
    }
}
