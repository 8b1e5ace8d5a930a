using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Muster.App.Settings;

namespace Muster.App.GitHub;

/// <summary>Says that we are the App: signed with its key, good for nine minutes.</summary>
public sealed class AppJwt(AppSettings settings, GitHubClock clock)
{
    // GitHub takes at most ten minutes, and its clock may be behind ours.
    private const int Backdated = 60;
    private const int Lifetime = 540;

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8);

    /// <summary>The App's number; null where there is no such App.</summary>
    public long? IdOf(GitHubIdentity identity) => KeyOf(identity)?.AppId;

    /// <summary>Whether this App exists here: there may be no reviewer.</summary>
    public bool Has(GitHubIdentity identity) => KeyOf(identity) is not null;

    public string For(GitHubIdentity identity)
    {
        var key = KeyOf(identity) ?? throw new InvalidOperationException($"There is no {identity} App; ask Has first.");
        var now = clock.Now.ToUnixTimeSeconds();
        var claims = $$"""{"iat":{{now - Backdated}},"exp":{{now + Lifetime}},"iss":"{{key.AppId}}"}""";
        var signed = $"{Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        lock (key.Key)
        {
            var signature = key.Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
    }

    private AppKey? KeyOf(GitHubIdentity identity) => identity is GitHubIdentity.Author ? settings.Author : settings.Reviewer;
}
