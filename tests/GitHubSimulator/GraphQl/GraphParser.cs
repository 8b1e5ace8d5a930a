using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Muster.GitHubSimulator.GraphQl;

/// <summary>Reads a document with one operation and its fragments, putting the variables in where they are used.</summary>
internal sealed partial class GraphParser
{
    private const string Spread = "...";

    private readonly List<string> tokens;
    private readonly Dictionary<string, object?> variables;
    private readonly Dictionary<string, (string On, List<GraphField> Fields)> fragments = new(StringComparer.Ordinal);
    private int at;

    private GraphParser(string text, JsonObject given)
    {
        tokens = [.. Token.Matches(text).Select(m => m.Value).Where(t => !string.IsNullOrWhiteSpace(t) && t[0] is not ('#' or ','))];
        variables = given.ToDictionary(v => v.Key, v => Plain(v.Value), StringComparer.Ordinal);
    }

    [GeneratedRegex("""#[^\n]*|"(?:[^"\\\n]|\\.)*"|\.\.\.|-?[0-9][0-9.eE+-]*|[_A-Za-z][_0-9A-Za-z]*|[\s,\uFEFF]+|.""", RegexOptions.Singleline)]
    private static partial Regex Token { get; }

    public static GraphDocument Parse(string text, JsonObject variables)
    {
        var parser = new GraphParser(text, variables);
        GraphDocument? document = null;
        while (parser.at < parser.tokens.Count)
        {
            if (parser.Peek() == "fragment")
                parser.Fragment();
            else if (document is null)
                document = parser.Operation();
            else
                throw new GraphSyntax("One operation only.");
        }

        return document is null
            ? throw new GraphSyntax("The document has no operation.")
            : document with { Fields = parser.Spreading(document.Fields, 0) };
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
                Declarations();
        }

        return new GraphDocument(kind, name, Selection());
    }

    private void Fragment()
    {
        Expect("fragment");
        var name = Name();
        Expect("on");
        fragments[name] = (Name(), Selection());
    }

    // What a variable's type is does not matter here: its value decides, or else its default.
    private void Declarations()
    {
        Expect("(");
        while (Peek() != ")")
        {
            Expect("$");
            var name = Name();
            Expect(":");
            while (Peek() is not ("=" or "$" or ")"))
                at++;
            if (Peek() != "=")
                continue;
            at++;
            var otherwise = Value();
            variables.TryAdd(name, otherwise);
        }

        Expect(")");
    }

    private List<GraphField> Selection()
    {
        Expect("{");
        var fields = new List<GraphField>();
        while (Peek() != "}")
        {
            if (Peek() == Spread)
            {
                fields.AddRange(FromFragment());
                continue;
            }

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

    private IEnumerable<GraphField> FromFragment()
    {
        Expect(Spread);
        if (Peek() == "{")
            return Selection();
        var name = Name();
        if (name != "on")
            return [new GraphField(name, Spread, new Dictionary<string, object?>(), [])];
        var type = Name();
        return Selection().Select(f => f with { On = f.On ?? type });
    }

    private List<GraphField> Spreading(IReadOnlyList<GraphField> fields, int depth)
    {
        if (depth > 50)
            throw new GraphSyntax("The fragments lead in a circle.");
        var all = new List<GraphField>();
        foreach (var field in fields)
        {
            if (field.Name != Spread)
                all.Add(field with { Fields = Spreading(field.Fields, depth + 1) });
            else if (fragments.TryGetValue(field.Alias, out var fragment))
                all.AddRange(Spreading(fragment.Fields, depth + 1).Select(f => f with { On = f.On ?? fragment.On }));
            else
                throw new GraphSyntax($"Fragment {field.Alias} was used, but not defined.");
        }

        return all;
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
                return variables.GetValueOrDefault(Name());
            case "{":
                return Pairs("{", "}");
            case "[":
                return Values();
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

    private List<object?> Values()
    {
        Expect("[");
        var values = new List<object?>();
        while (Peek() != "]")
            values.Add(Value());
        Expect("]");
        return values;
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject o => o.ToDictionary(p => p.Key, p => Plain(p.Value), StringComparer.Ordinal),
        JsonArray many => many.Select(Plain).ToList(),
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
