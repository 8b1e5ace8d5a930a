using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>What a request costs: a read one point, a write five, and whether it makes or edits something people read.</summary>
internal readonly partial record struct Weight(int Points, bool Content, bool Graph)
{
    private const string Repo = "^(?:/repos/[^/]+/[^/]+|/repositories/[0-9]+)";

    [GeneratedRegex(Repo + "/(?:issues|issues/[0-9]+/comments|pulls|pulls/[0-9]+/(?:reviews|comments)|pulls/[0-9]+/reviews/[0-9]+/events|check-runs)$")]
    private static partial Regex Makes { get; }

    [GeneratedRegex(Repo + "/(?:issues/[0-9]+|issues/comments/[0-9]+|pulls/[0-9]+|pulls/comments/[0-9]+|check-runs/[0-9]+)$")]
    private static partial Regex Edits { get; }

    [GeneratedRegex(Repo + "/pulls/[0-9]+/reviews/[0-9]+(?:/dismissals)?$")]
    private static partial Regex Puts { get; }

    public static Weight Of(string method, string path, byte[] body) => method switch
    {
        "POST" when path == "/graphql" => IsMutation(body) ? new Weight(5, Content: true, Graph: true) : new Weight(1, Content: false, Graph: true),
        "GET" or "HEAD" or "OPTIONS" => new Weight(1, Content: false, Graph: false),
        "POST" => new Weight(5, Makes.IsMatch(path), Graph: false),
        "PATCH" => new Weight(5, Edits.IsMatch(path), Graph: false),
        "PUT" => new Weight(5, Puts.IsMatch(path), Graph: false),
        _ => new Weight(5, Content: false, Graph: false),
    };

    private static bool IsMutation(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body)?["query"]?.GetValue<string>().TrimStart().StartsWith("mutation", StringComparison.Ordinal) == true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
