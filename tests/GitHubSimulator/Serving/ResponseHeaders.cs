using System.Globalization;
using System.Security.Cryptography;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>The headers GitHub puts on every answer of its API.</summary>
internal static class ResponseHeaders
{
    public const int Limit = 5000;

    public static void Add(HttpResponse response, World world)
    {
        response.Headers["X-GitHub-Request-Id"] = RandomNumberGenerator.GetHexString(20);
        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.Headers["X-GitHub-Api-Version-Selected"] = "2022-11-28";
        response.Headers["X-RateLimit-Limit"] = Number(Limit);
        response.Headers["X-RateLimit-Remaining"] = Number(Limit - 1);
        response.Headers["X-RateLimit-Used"] = "1";
        response.Headers["X-RateLimit-Reset"] = Number(world.Now.AddHours(1).ToUnixTimeSeconds());
        response.Headers["X-RateLimit-Resource"] = "core";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
