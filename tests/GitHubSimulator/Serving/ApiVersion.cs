namespace Muster.GitHubSimulator.Serving;

/// <summary>The version of the API that a request asks for by header; who asks for none gets the oldest.</summary>
internal static class ApiVersion
{
    private const string Header = "X-GitHub-Api-Version";

    private static readonly string[] Known = ["2022-11-28", "2026-03-10"];

    public static string Of(HttpRequest request) =>
        request.Headers[Header].ToString() is { Length: > 0 } asked && Known.Contains(asked) ? asked : Known[0];

    public static void Check(HttpRequest request)
    {
        if (request.Headers[Header].ToString() is { Length: > 0 } asked && !Known.Contains(asked))
            throw new ApiRefusal(400, $"\"{asked}\" is not a supported version of the REST API. Supported versions are: {string.Join(", ", Known)}.");
    }
}
