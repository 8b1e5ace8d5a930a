namespace Muster.Core.Tests.Gates;

/// <summary>One rich function and what may become of it.</summary>
internal static class Samples
{
    public const string Body = """
            var tokens = new List<string>();
            var start = 0;
            for (var at = 0; at < text.Length; at++)
            {
                if (!char.IsWhiteSpace(text[at]))
                    continue;
                if (at > start)
                    tokens.Add(text[start..at]);
                start = at + 1;
            }

            if (start < text.Length)
                tokens.Add(text[start..]);
            return tokens;
        """;

    public static string Class(string members, string name = "Lexer") => $"namespace App;\n\npublic class {name}\n{{\n{members}\n}}\n";

    public static string Method(string name, string body, string parameters = "string text", string access = "public") =>
        $"    {access} static List<string> {name}({parameters})\n    {{\n{body}\n    }}\n";

    public static readonly string Rich = Class(Method("ReadTokens", Body));
}
