using System.Globalization;
using System.Security.Cryptography;
using Muster.GitHubSimulator.Limiting;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>The headers GitHub puts on every answer of its API.</summary>
internal static class ResponseHeaders
{
    public const int Limit = 5000;

    public static void Add(HttpContext http, World world)
    {
        var response = http.Response;
        response.Headers["X-GitHub-Request-Id"] = RandomNumberGenerator.GetHexString(20);
        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.Headers["X-GitHub-Api-Version-Selected"] = ApiVersion.Of(http.Request);
        // Kestrel would say this machine's time; here it is GitHub's.
        response.Headers.Date = world.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        AddRate(http, http.Features.Get<RateHeaders>() ?? http.Features.Get<LimitTicket>()?.Headers() ?? new RateHeaders(Limit, Limit, world.Now.AddHours(1)));
    }

    public static void AddRate(HttpContext http, RateHeaders rate)
    {
        var response = http.Response;
        var limit = rate.Limit ?? Limit;
        response.Headers["X-RateLimit-Limit"] = Number(limit);
        response.Headers["X-RateLimit-Remaining"] = Number(rate.Remaining);
        response.Headers["X-RateLimit-Used"] = Number(limit - rate.Remaining);
        response.Headers["X-RateLimit-Reset"] = Number(rate.Reset.ToUnixTimeSeconds());
        response.Headers["X-RateLimit-Resource"] = "core";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
