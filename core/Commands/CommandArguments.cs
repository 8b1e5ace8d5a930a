using System.Globalization;

namespace Muster.Core.Commands;

/// <summary>What stands behind a command's name on its line.</summary>
/// <param name="Text">All of it, as written, without the white space around it.</param>
/// <param name="Words">Its words without the options; <c>label:"two words"</c> is one.</param>
/// <param name="Options">The options by name, without the dashes.</param>
internal sealed record CommandArguments(string Text, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options)
{
    private const int LongestName = 64;

    public string? Provider => Options.GetValueOrDefault("provider");

    public string? Agent => Options.GetValueOrDefault("agent");

    public bool None => Text.Length == 0;

    /// <summary>Reads the rest of a line; null, with the word at fault, where an option is none or lacks its value.</summary>
    public static (CommandArguments? Read, string Fault) Of(string text)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var tokens = Split(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (!tokens[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(tokens[i]);
                continue;
            }
            var cut = tokens[i].IndexOf('=', StringComparison.Ordinal);
            var name = cut < 0 ? tokens[i][2..] : tokens[i][2..cut];
            var value = cut >= 0 ? tokens[i][(cut + 1)..] : i + 1 < tokens.Count ? tokens[++i] : "";
            if (name is not ("provider" or "agent") || !IsName(value) || !options.TryAdd(name, value))
                return (null, $"--{name}");
        }
        return (new CommandArguments(text, words, options), "");
    }

    /// <summary>Reads <c>#12</c> or <c>12</c>.</summary>
    public static IssueNumber? Issue(string word) =>
        int.TryParse(word.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new IssueNumber(number)
            : null;

    public static bool IsName(string word) =>
        word.Length is > 0 and <= LongestName
        && word[0] != '-'
        && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or ':' or '/' or '#');

    /// <summary>Reads <c>30m</c>, <c>2h</c>, <c>3d</c>, up to a year.</summary>
    public static TimeSpan? Duration(string word)
    {
        if (word.Length < 2 || !int.TryParse(word.AsSpan(0, word.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return null;
        TimeSpan? unit = word[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        return unit is { } one && amount > 0 && amount * one.TotalDays <= 366 ? amount * one : null;
    }

    // White space parts words, but not inside double quotes, which are dropped.
    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var c in text)
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (char.IsWhiteSpace(c) && !quoted)
            {
                if (word.Length > 0)
                    words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(c);
            }
        }
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }
}
