using System.Security.Cryptography;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Rendering;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Api;

/// <summary>Hands out what a newly registered App needs, for a code that works once and for an hour.</summary>
internal static class ManifestEndpoints
{
    public static void Map(ApiRoutes routes) => routes.Post("/app-manifests/{code}/conversions", Need.Nothing, Convert);

    private static Reply Convert(Call call)
    {
        if (!call.World.ManifestCodes.Remove(call.Route("code"), out var code) || code.ExpiresAt <= call.World.Time.GetUtcNow())
            throw ApiRefusal.NotFound();
        var json = AppJson.Of(call.World, code.App);
        json["name"] = code.App.Name;
        json["client_secret"] = RandomNumberGenerator.GetHexString(40, lowercase: true);
        json["webhook_secret"] = code.App.WebhookSecret;
        json["pem"] = code.Pem;
        call.Simulation.Announce.Ping(code.App);
        return Reply.Created(json);
    }
}
