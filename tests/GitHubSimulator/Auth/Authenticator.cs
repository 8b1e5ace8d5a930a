using System.Text;
using Muster.GitHubSimulator.Serving;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Auth;

/// <summary>Turns an Authorization header into who it is, or refuses with 401.</summary>
internal static class Authenticator
{
    public static Actor Read(World world, string? header)
    {
        if (string.IsNullOrEmpty(header))
            return Actor.Nobody;
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, value) = space < 0 ? ("", header) : (header[..space], header[(space + 1)..].Trim());
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            value = FromBasic(value);
        else if (!scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("token", StringComparison.OrdinalIgnoreCase))
            throw ApiRefusal.BadCredentials();

        if (world.PersonTokens.TryGetValue(value, out var person))
            return new Actor.Person(person);
        if (world.InstallationTokens.TryGetValue(value, out var token))
        {
            if (token.ExpiresAt <= world.Time.GetUtcNow())
                throw ApiRefusal.BadCredentials();
            return token.Installation.SuspendedAt is null ? new Actor.Installed(token) : throw ApiRefusal.Suspended();
        }

        if (!value.StartsWith("ghs_", StringComparison.Ordinal) && value.Count(c => c == '.') == 2)
            return new Actor.App(JwtVerifier.Verify(world, value));
        throw ApiRefusal.BadCredentials();
    }

    // git sends x-access-token:TOKEN or login:TOKEN; some clients put the token where the login goes.
    private static string FromBasic(string value)
    {
        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length))
            throw ApiRefusal.BadCredentials();
        var pair = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return pair;
        var password = pair[(colon + 1)..];
        return password is "" or "x-oauth-basic" ? pair[..colon] : password;
    }
}
