using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Muster.App.GitHub;
using Muster.App.Settings;

namespace Muster.App.Setup;

/// <summary>What trading GitHub's code for the App's credentials came to.</summary>
public abstract record Converted
{
    private Converted()
    {
    }

    public sealed record Made(RegisteredApp App) : Converted;

    /// <summary>It will not come right by trying again.</summary>
    public sealed record Refused(string Why) : Converted;

    /// <summary>Nobody knows: the code may still be good.</summary>
    public sealed record Unreachable(string Why) : Converted;
}

/// <summary>Trades the code that GitHub gave to the browser for the App's key and secret, which no browser ever sees.</summary>
public sealed class ManifestConversion(HttpClient http, GitHubAddress github)
{
    private const int LongestCode = 200;
    private const int ShortestSecret = 16;

    /// <summary>The client that asks: no redirects, because what comes back is a key.</summary>
    public static HttpClient ClientFor(GitHubAddress github) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5), UseProxy = !github.Api.IsLoopback })
        {
            Timeout = TimeSpan.FromSeconds(15),
            MaxResponseContentBufferSize = 1024 * 1024,
        };

    public async Task<Converted> AskAsync(GitHubIdentity identity, string? code, CancellationToken cancellationToken)
    {
        if (code is not { Length: > 0 and <= LongestCode } || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            return new Converted.Refused("GitHub's answer carries no code that could be one.");

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{github.Api.AbsoluteUri.TrimEnd('/')}/app-manifests/{code}/conversions"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("muster", null));
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.Created or HttpStatusCode.OK => Read(identity, body),
                HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity =>
                    new Converted.Refused("GitHub does not know this code: it is good for one hour, and once."),
                var status => new Converted.Unreachable($"{github.Api.Host} answered {(int)status}."),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Converted.Unreachable($"{github.Api.Host} could not be asked: {fault.Message}");
        }
    }

    private static Converted Read(GitHubIdentity identity, byte[] body)
    {
        try
        {
            var answer = JsonSerializer.Deserialize(body, ConversionJson.Default.Conversion);
            if (answer is not { Id: > 0, Slug: { Length: > 0 } slug, Pem: { Length: > 0 } pem })
                return new Converted.Refused("GitHub's answer lacks the App's number, name or key.");
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            key.SignData([], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return identity is GitHubIdentity.Author && answer.WebhookSecret is not { Length: >= ShortestSecret }
                ? new Converted.Refused("GitHub's answer lacks the webhook secret, without which nobody could tell its webhooks from a stranger's.")
                : new Converted.Made(new RegisteredApp(answer.Id, slug, answer.HtmlUrl, pem, answer.WebhookSecret));
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or CryptographicException)
        {
            // The message could repeat a part of the key.
            return new Converted.Refused("GitHub's answer is not what the manifest flow gives.");
        }
    }
}

/// <summary>What we read of GitHub's answer. Client id and secret are for signing people in, which we do not.</summary>
internal sealed record Conversion(long Id, string? Slug, string? Pem, string? WebhookSecret, string? HtmlUrl);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Conversion))]
internal sealed partial class ConversionJson : JsonSerializerContext;
