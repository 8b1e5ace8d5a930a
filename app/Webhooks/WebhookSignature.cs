using System.Security.Cryptography;
using System.Text;
using Muster.App.Settings;

namespace Muster.App.Webhooks;

/// <summary>Tells GitHub from a stranger: HMAC-SHA256 over the bytes as they came, with the secret or the one before it.</summary>
public sealed class WebhookSignature(AppSettings settings)
{
    private const string Prefix = "sha256=";

    private readonly byte[][] secrets =
    [
        .. from secret in new[] { settings.WebhookSecret, settings.WebhookSecretPrevious }
           where secret is not null
           select Encoding.UTF8.GetBytes(secret.Reveal()),
    ];

    public bool Accepts(string? header, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (header is null
            || !header.StartsWith(Prefix, StringComparison.Ordinal)
            || Convert.FromHexString(header.AsSpan(Prefix.Length), given, out var consumed, out var written) != System.Buffers.OperationStatus.Done
            || written != given.Length
            || consumed != header.Length - Prefix.Length)
            return false;

        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var accepted = false;
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(secret, body, expected);
            accepted |= CryptographicOperations.FixedTimeEquals(given, expected);
        }

        return accepted;
    }
}
