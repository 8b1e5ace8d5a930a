using System.Text.RegularExpressions;

namespace Muster.App.GitHub.Budget;

/// <summary>What a request costs an installation.</summary>
/// <param name="Content">It creates or edits an issue, a comment, a pull request, a review or a check run: GitHub counts these apart.</param>
public readonly partial record struct CallCost(int Points, bool Content)
{
    public static CallCost Read { get; } = new(1, Content: false);

    public static CallCost Write { get; } = new(5, Content: false);

    public static CallCost ContentWrite { get; } = new(5, Content: true);

    [GeneratedRegex("/(?:repos/[^/]+/[^/]+|repositories/[0-9]+)/(?:issues(?:/[0-9]+(?:/comments)?|/comments/[0-9]+)?|pulls(?:/[0-9]+(?:/(?:reviews(?:/[0-9]+(?:/(?:events|dismissals))?)?|comments))?|/comments/[0-9]+)?|check-runs(?:/[0-9]+)?)$", RegexOptions.NonBacktracking)]
    private static partial Regex ContentPath { get; }

    /// <summary>By verb and path, so that no caller can forget to say it. GraphQL has one path for everything and says it itself.</summary>
    public static CallCost Of(HttpMethod method, string path)
    {
        if (method == HttpMethod.Get)
            return Read;
        return method != HttpMethod.Delete && ContentPath.IsMatch(path) ? ContentWrite : Write;
    }
}
