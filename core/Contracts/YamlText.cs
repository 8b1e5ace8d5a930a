using System.Buffers;
using System.Globalization;
using System.Text;

namespace Muster.Core.Contracts;

/// <summary>Writes values so that they can be pasted into a contract.</summary>
public static class YamlText
{
    private const string Special = "-?:,[]{}#&*!|>'\"%@`= ";

    private static readonly SearchValues<char> Breaking = SearchValues.Create(",[]{}\"'");

    /// <summary>A text as a YAML scalar: bare where that is safe, in double quotes where it is not.</summary>
    public static string Write(string text) =>
        text is "true" or "false" or "null" or "yes" or "no" or "on" or "off" || (text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c == '.'))
            ? Quote(text)
            : Bare(text);

    /// <summary><c>key: [a, b]</c>, one line.</summary>
    public static string Line(string key, IEnumerable<string> values) => $"{key}: [{string.Join(", ", values.Select(Write))}]";

    /// <summary>A line that is no YAML, with its values in quotes: most often that is all it lacks.</summary>
    internal static string Requote(string line)
    {
        var text = line.Trim();
        var cut = text.IndexOf(": ", StringComparison.Ordinal);
        var (key, value) = cut < 0 ? ("", text) : (text[..(cut + 2)], text[(cut + 2)..].Trim());
        if (key.Length == 0 && value.StartsWith("- ", StringComparison.Ordinal))
            (key, value) = ("- ", value[2..].Trim());
        return value.StartsWith('[')
            ? $"{key}[{string.Join(", ", value.Trim('[', ']').Split(',').Select(item => Quote(item.Trim().Trim('"', '\''))))}]"
            : key + Quote(value.Trim('"', '\''));
    }

    internal static string Bare(string text)
    {
        var safe = text.Length > 0 && !Special.Contains(text[0], StringComparison.Ordinal) && !text.EndsWith(' ') && !text.EndsWith(':')
            && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
            && !text.AsSpan().ContainsAny(Breaking) && !text.Any(char.IsControl);
        return safe ? text : Quote(text);
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }
        return quoted.Append('"').ToString();
    }
}
