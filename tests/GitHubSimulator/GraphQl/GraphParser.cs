using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Muster.GitHubSimulator.GraphQl;

/// <summary>Reads a document with one operation, putting the variables in where they are used.</summary>
internal sealed partial class GraphParser
{
    private readonly List<string> tokens;
    private readonly JsonObject variables;
    private int at;

    private GraphParser(string text, JsonObject variables)
    {
        tokens = [.. Token.Matches(text).Select(m => m.Value).Where(t => !string.IsNullOrWhiteSpace(t) && t[0] is not ('#' or ','))];
        this.variables = variables;
    }

    [GeneratedRegex("""#[^\n]*|"(?:[^"\\\n]|\\.)*"|\.\.\.|-?[0-9][0-9.eE+-]*|[_A-Za-z][_0-9A-Za-z]*|[\s,\uFEFF]+|.""", RegexOptions.Singleline)]
    private static partial Regex Token { get; }

    public static GraphDocument Parse(string text, JsonObject variables)
    {
        var parser = new GraphParser(text, variables);
        var document = parser.Operation();
        return parser.at == parser.tokens.Count ? document : throw new GraphSyntax("One operation only, without fragments.");
    }

    private GraphDocument Operation()
    {
        var kind = "query";
        string? name = null;
        if (Peek() != "{")
        {
            kind = Next();
            if (kind is not ("query" or "mutation"))
                throw new GraphSyntax($"'{kind}' begins no operation.");
            if (Peek() is not ("{" or "("))
                name = Next();
            if (Peek() == "(")
                SkipDeclarations();
        }

        return new GraphDocument(kind, name, Selection());
    }

    // What a variable's type is does not matter here: its value decides.
    private void SkipDeclarations()
    {
        var depth = 0;
        do
        {
            depth += Next() switch { "(" => 1, ")" => -1, _ => 0 };
        }
        while (depth > 0);
    }

    private List<GraphField> Selection()
    {
        Expect("{");
        var fields = new List<GraphField>();
        while (Peek() != "}")
        {
            var alias = Name();
            var name = alias;
            if (Peek() == ":")
            {
                at++;
                name = Name();
            }

            var arguments = Peek() == "(" ? Pairs("(", ")") : new Dictionary<string, object?>();
            fields.Add(new GraphField(alias, name, arguments, Peek() == "{" ? Selection() : []));
        }

        Expect("}");
        return fields;
    }

    private Dictionary<string, object?> Pairs(string open, string close)
    {
        Expect(open);
        var pairs = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (Peek() != close)
        {
            var name = Name();
            Expect(":");
            pairs[name] = Value();
        }

        Expect(close);
        return pairs;
    }

    private object? Value()
    {
        switch (Peek())
        {
            case "$":
                at++;
                return Plain(variables[Name()]);
            case "{":
                return Pairs("{", "}");
            case "[":
                throw new GraphSyntax("Lists are not understood here.");
        }

        var token = Next();
        return token switch
        {
            "null" => null,
            "true" => true,
            "false" => false,
            _ when token[0] == '"' => JsonSerializer.Deserialize<string>(token),
            _ => token,
        };
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject o => o.ToDictionary(p => p.Key, p => Plain(p.Value), StringComparer.Ordinal),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    private string Peek() => at < tokens.Count ? tokens[at] : throw new GraphSyntax("The document ends too early.");

    private string Next()
    {
        var token = Peek();
        at++;
        return token;
    }

    private string Name()
    {
        var token = Next();
        return char.IsLetter(token[0]) || token[0] == '_' ? token : throw new GraphSyntax($"'{token}' is no name.");
    }

    private void Expect(string token)
    {
        if (Next() != token)
            throw new GraphSyntax($"'{token}' was expected.");
    }
}
