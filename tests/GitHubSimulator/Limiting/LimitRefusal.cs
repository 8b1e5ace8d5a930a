using System.Globalization;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>What GitHub says to who asked too much.</summary>
/// <param name="RetryAfter">Seconds; null where the header is missing.</param>
/// <param name="Reset">When a primary limit is over; null for a secondary one.</param>
internal sealed record LimitRefusal(int Status, int? RetryAfter, DateTimeOffset? Reset, string Who)
{
    /// <summary>A primary refusal speaks through the rate headers as well.</summary>
    public void Mark(HttpContext http)
    {
        if (Reset is { } reset)
            http.Features.Set(new RateHeaders(null, 0, reset));
    }

    public Task WriteAsync(HttpResponse response)
    {
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new Reply(Status, new JsonObject
        {
            ["documentation_url"] = Reset is null
                ? "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"
                : "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
            ["message"] = Reset is null
                ? "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
                : $"API rate limit exceeded for {Who}.",
        }).WriteAsync(response);
    }
}

/// <summary>What the <c>x-ratelimit-*</c> headers of one answer say; a null limit is the usual one.</summary>
internal sealed record RateHeaders(int? Limit, int Remaining, DateTimeOffset Reset);
