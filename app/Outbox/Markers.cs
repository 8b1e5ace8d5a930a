using System.Security.Cryptography;
using System.Text;
using Muster.App.GitHub;
using Muster.App.Settings;
using Muster.Core;

namespace Muster.App.Outbox;

/// <summary>
/// Invisible lines by which we know our own words again. The MAC keeps others from writing them; the author is checked
/// as well, because anybody can copy one.
/// </summary>
internal sealed class Markers(AppSettings settings)
{
    private readonly byte[] key = SHA256.HashData([.. "muster marker"u8, .. settings.Author.Key.ExportRSAPrivateKey()]);

    public string Of(RepoId repo, string effect)
    {
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{repo}:{effect}"));
        return $"<!-- muster {Convert.ToHexStringLower(mac.AsSpan(0, 16))} -->";
    }

    public string Sign(RepoId repo, string effect, string text) => $"{text}\n\n{Of(repo, effect)}";

    public bool IsOurs(RepoId repo, string effect, string? body, User? author, Ourselves us) =>
        us.Is(author)
        && body?.Contains(Of(repo, effect), StringComparison.Ordinal) == true;
}
