using System.Text;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Api;

/// <summary>The sizes GitHub refuses.</summary>
internal static class Limits
{
    /// <summary>Measured on GitHub in UTF-8 bytes, not in characters.</summary>
    public const int BodyBytes = 262_144;

    public const int TitleLength = 256;

    public static bool Fits(string? body) => body is null || Encoding.UTF8.GetByteCount(body) <= BodyBytes;

    public static string? Body(string resource, string? body) => Fits(body)
        ? body
        : throw ApiRefusal.Invalid(resource, "body", "custom", $"body is too long (maximum is {BodyBytes} bytes)");

    public static string Title(string resource, string? title)
    {
        if (string.IsNullOrWhiteSpace(title))
            throw ApiRefusal.Invalid(resource, "title", "missing_field");
        return title.Length <= TitleLength
            ? title
            : throw ApiRefusal.Invalid(resource, "title", "custom", $"title is too long (maximum is {TitleLength} characters)");
    }
}
