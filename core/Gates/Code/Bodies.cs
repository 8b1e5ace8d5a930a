namespace Muster.Core.Gates.Code;

/// <summary>Where the body of a definition lies in cleaned text, by braces or by indentation.</summary>
internal static class Bodies
{
    /// <summary>The body after a definition that starts at <paramref name="start"/> and names itself up to <paramref name="at"/>; empty where it has none.</summary>
    public static Range Find(Family family, string clean, int start, int at) =>
        family == Family.Python ? Indented(clean, start, at) : Braced(family, clean, at);

    private static Range Braced(Family family, string clean, int at)
    {
        for (var depth = 0; at < clean.Length; at++)
        {
            switch (clean[at])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '{' when depth <= 0 && !IsEmptyType(family, clean, at):
                    return at..Close(clean, at);
                case ';' when depth <= 0:
                    return at..at;
                case '=' when depth <= 0 && family == Family.Script && at + 1 < clean.Length && clean[at + 1] == '>':
                    return Arrow(clean, at + 2);
                case '}' when depth <= 0:
                    return at..at;
                default:
                    break;
            }
        }

        return clean.Length..clean.Length;
    }

    // `func f() interface{} {`: the first pair is a type.
    private static bool IsEmptyType(Family family, string clean, int at) =>
        family == Family.Go && at + 1 < clean.Length && clean[at + 1] == '}' && clean.AsSpan(at + 2).TrimStart(' ').StartsWith("{");

    private static Range Arrow(string clean, int at)
    {
        while (at < clean.Length && char.IsWhiteSpace(clean[at]))
            at++;
        if (at < clean.Length && clean[at] == '{')
            return at..Close(clean, at);
        var end = at;
        for (var depth = 0; end < clean.Length; end++)
        {
            depth += clean[end] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && clean[end] is ';' or '\n' && end > at))
                break;
        }

        return at..Math.Min(end, clean.Length);
    }

    private static int Close(string clean, int at)
    {
        for (var depth = 0; at < clean.Length; at++)
        {
            depth += clean[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return at + 1;
        }

        return clean.Length;
    }

    private static Range Indented(string clean, int start, int at)
    {
        var colon = at;
        for (var depth = 0; colon < clean.Length && !(clean[colon] == ':' && depth <= 0); colon++)
            depth += clean[colon] switch { '(' or '[' or '{' => 1, ')' or ']' or '}' => -1, _ => 0 };
        if (colon >= clean.Length)
            return clean.Length..clean.Length;
        var own = Indent(clean, start);
        var end = LineEnd(clean, colon);
        while (end < clean.Length)
        {
            var next = end + 1;
            var stop = LineEnd(clean, next);
            if (!clean.AsSpan(next, stop - next).IsWhiteSpace() && Indent(clean, next) <= own)
                break;
            end = stop;
        }

        return (colon + 1)..end;
    }

    private static int Indent(string clean, int line)
    {
        var at = line;
        while (at < clean.Length && clean[at] is ' ' or '\t')
            at++;
        return at - line;
    }

    private static int LineEnd(string text, int at) => at < text.Length && text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
}
