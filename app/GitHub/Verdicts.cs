using System.Globalization;
using System.Text.Json;
using Muster.App.GitHub.Budget;

namespace Muster.App.GitHub;

/// <summary>What a status means. Whatever does not clearly say yes or no is unknown.</summary>
internal static class Verdicts
{
    // Far off, and still a moment that can be reckoned with.
    private const long LatestReset = 250_000_000_000;

    public static Answer<Reply> Of(HttpResponseMessage response, byte[] body, GitHubClock clock) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => new Answer<Reply>.Ok(new Reply(body, Reply.NextOf(response.Headers))),
        404 or 410 => new Answer<Reply>.NotFound(),
        403 or 429 when IsLimit(response, body) => new Answer<Reply>.Unknown("GitHub's rate limit"),
        408 => new Answer<Reply>.Unknown("GitHub did not wait for our request"),
        >= 400 and < 500 and var status => new Answer<Reply>.Refused(status, Message(body)),
        var status => new Answer<Reply>.Unknown($"GitHub answered {status}", RetryAfter(response, clock)),
    };

    /// <summary>What the answer says about limits; null where it says nothing.</summary>
    public static RateWord? RateOf(HttpResponseMessage response, byte[] body, GitHubClock clock)
    {
        // The reset is told by GitHub's clock, and waited for by ours.
        var reset = Reset(response) - clock.Ahead;
        if ((int)response.StatusCode is 403 or 429 && IsLimit(response, body))
            return new RateWord(Refused: true, RetryAfter(response, clock) ?? reset);
        // GraphQL has points of its own: that they are used up stops nothing else.
        return reset is not null && response.IsSuccessStatusCode && Header(response, "X-RateLimit-Resource") is not "graphql"
            ? new RateWord(Refused: false, reset)
            : null;
    }

    /// <summary>GraphQL answers 200 whatever happened, and tells of a limit in the body.</summary>
    public static RateWord? GraphRateOf(HttpResponseMessage response, byte[] body, GitHubClock clock) =>
        response.IsSuccessStatusCode
        && Parse(body) is { } reply && reply.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
        && errors.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Object && Text(e, "type") == "RATE_LIMITED")
            ? new RateWord(Refused: true, RetryAfter(response, clock) ?? (Reset(response) - clock.Ahead))
            : RateOf(response, body, clock);

    // A secondary limit may come with no header; the link to its page is then all that tells it from a missing permission.
    private static bool IsLimit(HttpResponseMessage response, byte[] body) =>
        (int)response.StatusCode == 429
        || Header(response, "X-RateLimit-Remaining") is "0"
        || response.Headers.RetryAfter is not null
        || (Parse(body) is { } error && Text(error, "documentation_url") is { } url && url.Contains("rate-limit", StringComparison.Ordinal));

    private static DateTimeOffset? Reset(HttpResponseMessage response) =>
        Header(response, "X-RateLimit-Remaining") is "0"
        && long.TryParse(Header(response, "X-RateLimit-Reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var reset)
            ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(reset, LatestReset))
            : null;

    private static DateTimeOffset? RetryAfter(HttpResponseMessage response, GitHubClock clock) =>
        response.Headers.RetryAfter is { } after ? (after.Date ?? clock.Now + after.Delta) - clock.Ahead : null;

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.First() : null;

    /// <summary>GitHub's own words, with those of each single error.</summary>
    private static string Message(byte[] body)
    {
        if (Parse(body) is not { } error)
            return "(no message)";
        var message = Text(error, "message") ?? "(no message)";
        if (!error.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
            return message;
        var details = errors.EnumerateArray().Select(Detail).OfType<string>().ToList();
        return details.Count == 0 ? message : $"{message}: {string.Join("; ", details)}";
    }

    private static string? Detail(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString(),
        JsonValueKind.Object => Text(error, "message") ?? $"{Text(error, "resource")} {Text(error, "field")} {Text(error, "code")}".Trim(),
        _ => null,
    };

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body) is { ValueKind: JsonValueKind.Object } error ? error : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
