namespace FakeAgent.Acts;

/// <summary>Walks C# text past strings and comments.</summary>
internal static class Braces
{
    /// <summary>The offset after the bracket that closes the one at <paramref name="open"/>; null where none does.</summary>
    public static int? Close(string text, int open)
    {
        var depth = 0;
        for (var at = open; at < text.Length; at = Next(text, at))
        {
            if (text[at] is '(' or '{' or '[')
                depth++;
            else if (text[at] is ')' or '}' or ']' && --depth == 0)
                return at + 1;
        }

        return null;
    }

    /// <summary>Where the body starts behind a parameter list: at its brace or its arrow; null for a call or an abstract member.</summary>
    public static int? BodyAfter(string text, int at)
    {
        for (; at < text.Length; at = Next(text, at))
        {
            if (text[at] == '{' || (text[at] == '=' && at + 1 < text.Length && text[at + 1] == '>'))
                return at;
            // Between the two stands at most a list of constraints or a call to another constructor.
            if (text[at] is ';' or '}' or '=' or '&' or '|')
                return null;
        }

        return null;
    }

    public static int StatementEnd(string text, int at)
    {
        for (; at < text.Length; at = text[at] is '(' or '{' or '[' ? Close(text, at) ?? text.Length : Next(text, at))
        {
            if (text[at] == ';')
                return at + 1;
        }

        return text.Length;
    }

    private static int Next(string text, int at)
    {
        if (text[at] == '/' && at + 1 < text.Length && text[at + 1] is '/' or '*')
            return After(text, text[at + 1] == '/' ? "\n" : "*/", at + 2);
        if (text[at] == '"' && text.AsSpan(at).StartsWith("\"\"\""))
            return After(text, "\"\"\"", at + 3);
        if (text[at] == '"')
            return Quoted(text, at, '"', verbatim: at > 0 && (text[at - 1] == '@' || (at > 1 && text[at - 2] == '@')));
        return text[at] == '\'' ? Quoted(text, at, '\'', verbatim: false) : at + 1;
    }

    private static int Quoted(string text, int at, char quote, bool verbatim)
    {
        for (at++; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] == '\\' && !verbatim)
                at++;
        }

        return Math.Min(at + 1, text.Length);
    }

    private static int After(string text, string mark, int from) =>
        text.IndexOf(mark, Math.Min(from, text.Length), StringComparison.Ordinal) is var at and >= 0 ? at + mark.Length : text.Length;
}
