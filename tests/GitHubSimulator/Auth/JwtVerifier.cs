using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Auth;

/// <summary>An App's own token: RS256, issued by the App's id, at most ten minutes long.</summary>
internal static class JwtVerifier
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    public static AppRegistration Verify(World world, string jwt)
    {
        var parts = jwt.Split('.');
        var header = Decode(parts[0]);
        var claims = Decode(parts[1]);
        if (Text(header, "alg") != "RS256")
            throw Refused("A JSON web token could not be decoded");
        // An App may call itself by its id or by its client id.
        var issuer = Text(claims, "iss");
        if (world.Apps.Values.FirstOrDefault(a => a.Id.ToString(CultureInfo.InvariantCulture) == issuer || a.ClientId == issuer) is not { } app)
            throw Refused("'Issuer' claim ('iss') must be an Integer of a known App");
        if (!SignatureHolds(app, parts))
            throw Refused("A JSON web token could not be decoded");

        var now = world.Time.GetUtcNow();
        var expires = When(claims, "exp");
        if (expires is null || expires <= now)
            throw Refused("'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
        if (expires > now + Longest)
            throw Refused("'Expiration time' claim ('exp') is too far in the future");
        if (When(claims, "iat") is not { } issued || issued > now + Skew)
            throw Refused("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
        return app;
    }

    private static bool SignatureHolds(AppRegistration app, string[] parts)
    {
        try
        {
            return app.Key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static JsonObject Decode(string part)
    {
        try
        {
            return JsonNode.Parse(Base64Url.DecodeFromChars(part)) as JsonObject ?? throw Refused("A JSON web token could not be decoded");
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            throw Refused("A JSON web token could not be decoded");
        }
    }

    private static string Text(JsonObject json, string name) => json[name]?.ToString() ?? "";

    private static DateTimeOffset? When(JsonObject claims, string name) =>
        claims[name] is JsonValue value && value.TryGetValue<double>(out var seconds) && seconds is > 0 and < 253402300799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    private static ApiRefusal Refused(string message) => new(401, message);
}
