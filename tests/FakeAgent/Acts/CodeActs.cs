using System.Text.RegularExpressions;

namespace FakeAgent.Acts;

/// <summary>Functions of a C# file, found by name and matched brace for brace.</summary>
internal static class CodeActs
{
    public static void DeleteFunction(Act act)
    {
        var file = act.Text("file");
        var text = File.ReadAllText(file);
        var function = Find(file, text, act.Text("name"));
        var start = function.Start;
        // Attributes and documentation go with what they stand on.
        for (var line = LineBefore(text, start); line is { } above && Head(text, above) is ['[', ..] or ['/', '/', ..]; line = LineBefore(text, start))
            start = above;
        FileActs.Save(file, text[..start] + text[function.End..].TrimStart('\n'));
    }

    public static void StubFunction(Act act)
    {
        var file = act.Text("file");
        var text = File.ReadAllText(file);
        var function = Find(file, text, act.Text("name"));
        var body = act.Text("body", "throw new NotImplementedException()");
        FileActs.Save(file, text[..function.Body].TrimEnd() + $" => {body};" + text[function.BodyEnd..]);
    }

    private static Function Find(string file, string text, string name)
    {
        foreach (Match match in Regex.Matches(text, $@"(?m)^[ \t]*(?!(?:return|await|throw|new|yield|else)\b)[\w<>\[\],.?() \t]*[\w>\])?][ \t]+{Regex.Escape(name)}[ \t]*(?:<[^>\n]*>)?\("))
        {
            var open = match.Index + match.Length - 1;
            if (Braces.Close(text, open) is not { } parameters || Braces.BodyAfter(text, parameters) is not { } body)
                continue;
            var bodyEnd = text[body] == '{' ? Braces.Close(text, body) ?? text.Length : Braces.StatementEnd(text, body);
            var lineEnd = text.IndexOf('\n', bodyEnd);
            return new Function(match.Index, body, bodyEnd, lineEnd < 0 ? text.Length : lineEnd + 1);
        }

        throw new ScriptException($"no function {name} with a body in {file}");
    }

    private static int? LineBefore(string text, int start) =>
        start <= 0 ? null : text.LastIndexOf('\n', Math.Max(0, start - 2)) + 1 is var above && above < start ? above : null;

    private static string Head(string text, int line) => text[line..].Split('\n', 2)[0].TrimStart();

    private sealed record Function(int Start, int Body, int BodyEnd, int End);
}
