using System.Buffers;
using System.Collections.Frozen;

namespace Muster.Core.Contracts;

/// <summary>Finds the paths that a text names. Only what is surely a path: a wrong one makes an issue wait in vain.</summary>
public static class MentionedPaths
{
    private const int Most = 200;
    private const int Longest = 200;

    private static readonly SearchValues<char> Breaks = SearchValues.Create(" \t\n\r`'\"()[]<>,;|{}");

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/*+@~");

    private static readonly SearchValues<char> LineNumber = SearchValues.Create("0123456789:-");

    // A bare name counts only with an ending that no method call has.
    private static readonly FrozenSet<string> Endings =
        "bicep c cc cfg cjs conf cpp cs csproj css csv dart editorconfig ex exs fs fsproj gitignore go gradle h hpp html ini ipynb java js json jsx kt kts less lock lua md mjs php pl props proto ps1 py pyi r rb rs rst scala scss sh sln sql svelte swift targets tf toml ts tsx txt vb vue xml yaml yml zig"
            .Split(' ').ToFrozenSet();

    public static IReadOnlyList<string> In(string text)
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rest = text.AsSpan();
        while (rest.Length > 0 && found.Count < Most)
        {
            var end = rest.IndexOfAny(Breaks);
            var token = end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (token.Length is > 2 and <= Longest && Path(token.TrimEnd(".:!?*").ToString(), token) is { } path && seen.Add(path))
                found.Add(path);
        }
        return found;
    }

    private static string? Path(string name, ReadOnlySpan<char> token)
    {
        // A glob keeps its stars; `Lexer.cs:12` names a file and a line.
        var path = token.EndsWith("/*") || token.EndsWith("**") ? token.ToString() : name;
        if (path.IndexOf(':', StringComparison.Ordinal) is > 1 and var colon && path.AsSpan(colon + 1).IndexOfAnyExcept(LineNumber) < 0)
            path = path[..colon];
        if (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        if (path.Length < 3 || path[0] is '/' or '-' or '~' or '@' or '*' || path.AsSpan().ContainsAnyExcept(Letters))
            return null;

        var parts = path.Split('/');
        if (parts.Any(part => part is "." or ".." or ".git") || parts.SkipLast(1).Any(part => part.Length == 0))
            return null;
        return parts.Length == 1
            ? IsFile(parts[0]) && Endings.Contains(Ending(parts[0])) ? path : null
            : parts[^1].Length == 0 || parts[^1].Contains('*') || IsFile(parts[^1])
                ? parts.Length > 2 || parts[^1].Length > 0 ? path : null
                : null;
    }

    private static bool IsFile(string name) =>
        name.LastIndexOf('.') is >= 0 and var dot && dot < name.Length - 1 && Ending(name) is { Length: <= 12 } ending
        && char.IsAsciiLetter(ending[0]) && ending.All(char.IsAsciiLetterOrDigit);

    private static string Ending(string name) => name[(name.LastIndexOf('.') + 1)..];
}
