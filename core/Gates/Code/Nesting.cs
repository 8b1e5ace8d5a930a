namespace Muster.Core.Gates.Code;

/// <summary>
/// Parsers take time that grows with a power of the depth of brackets, so a few kilobytes of them could hold a gate up for
/// minutes. Nobody writes a tenth of this depth.
/// </summary>
internal static class Nesting
{
    private const int Deepest = 256;

    // May be type arguments or comparisons until the statement ends, and a parser tries both.
    private const int MostAngles = 2000;

    /// <summary>Counted over the code as it is quoted, and over each line as it stands, lest a strange quote hide it.</summary>
    public static bool IsTooDeep(string text)
    {
        var span = text.AsSpan();
        if (span.Count('(') + span.Count('[') + span.Count('{') <= Deepest && span.Count('<') <= MostAngles)
            return false;
        var code = CodeText.Clean(Family.CSharp, text);
        return Depth(code, byLine: false) > Deepest || Depth(text, byLine: true) > Deepest || Angles(code) > MostAngles;
    }

    private static int Depth(string text, bool byLine)
    {
        var (depth, deepest) = (0, 0);
        foreach (var letter in text)
        {
            depth = letter switch
            {
                '(' or '[' or '{' => depth + 1,
                ')' or ']' or '}' => Math.Max(0, depth - 1),
                '\n' when byLine => 0,
                _ => depth,
            };
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    private static int Angles(string code)
    {
        var (open, most) = (0, 0);
        foreach (var letter in code)
        {
            open = letter switch
            {
                '<' => open + 1,
                '>' => Math.Max(0, open - 1),
                ';' or '{' or '}' => 0,
                _ => open,
            };
            most = Math.Max(most, open);
        }

        return most;
    }
}
