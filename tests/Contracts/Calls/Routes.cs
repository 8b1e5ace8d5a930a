using Muster.Contracts.Schemas;

namespace Muster.Contracts.Calls;

/// <summary>Which operation a request is.</summary>
public static class Routes
{
    // These hold slashes: refs/heads/x, src/a/b, main...muster/12/1.
    private static readonly string[] Long = ["{ref}", "{path}", "{basehead}", "{branch}"];

    public static IReadOnlyList<Operation> All { get; } =
    [
        .. Description.Rest.Parts("paths").SelectMany(path => path.Value.EnumerateObject().Select(
            operation => new Operation(operation.Name.ToUpperInvariant(), path.Name, operation.Value))),
    ];

    /// <summary>The operation and the words of its path; null where GitHub describes none.</summary>
    /// <param name="path">As it stands in the request, escaped.</param>
    public static (Operation Operation, IReadOnlyDictionary<string, string> Words)? Find(string verb, string path)
    {
        var words = Words(path);
        (Operation Operation, Dictionary<string, string> Words, int Literals)? best = null;
        foreach (var operation in All.Where(o => o.Verb == verb))
        {
            if (Match(operation.Path[1..].Split('/'), words) is { } match && !(best?.Literals >= match.Literals))
            {
                best = (operation, match.Words, match.Literals);
            }
        }

        return best is { } found ? (found.Operation, found.Words) : null;
    }

    // A server of one's own answers below /api/v3, and Link headers name a repository by its number.
    private static string[] Words(string path)
    {
        var words = path.Trim('/').Split('/');
        words = words is ["api", "v3", ..] ? words[2..] : words;
        return words is ["repositories", _, .. var rest] ? ["repos", "owner", "repo", .. rest] : words;
    }

    private static (Dictionary<string, string> Words, int Literals)? Match(ReadOnlySpan<string> pattern, ReadOnlySpan<string> words)
    {
        if (pattern.IsEmpty)
        {
            return words.IsEmpty ? ([], 0) : null;
        }

        if (words.IsEmpty)
        {
            // The contents of the root have no path.
            return pattern is ["{path}"] ? ([], 0) : null;
        }

        if (pattern[0][0] != '{')
        {
            return pattern[0] == words[0] && Match(pattern[1..], words[1..]) is { } rest ? (rest.Words, rest.Literals + 1) : null;
        }

        for (var length = Long.Contains(pattern[0]) ? words.Length : 1; length > 0; length--)
        {
            if (words[0].Length > 0 && Match(pattern[1..], words[length..]) is { } rest)
            {
                rest.Words[pattern[0].Trim('{', '}')] = Uri.UnescapeDataString(string.Join('/', words[..length]!));
                return rest;
            }
        }

        return null;
    }
}
