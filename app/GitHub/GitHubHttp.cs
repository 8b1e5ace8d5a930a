using System.Net;
using System.Net.Http.Headers;
using Muster.App.Settings;
using Muster.App.Telemetry;

namespace Muster.App.GitHub;

/// <summary>Sends one request and says what came of it. A token goes to GitHub's API and nowhere else, wherever an answer points.</summary>
public sealed partial class GitHubHttp(IHttpClientFactory clients, AppSettings settings, Timings timings, TimeProvider time, ILogger<GitHubHttp> logger)
{
    public const string ClientName = "GitHub";

    private const int MostRedirects = 5;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>The address of an API path, which begins with a slash.</summary>
    public Uri Address(string path) => new(settings.GitHub.Api.AbsoluteUri.TrimEnd('/') + path);

    public async Task<Answer<Reply>> SendAsync(
        HttpMethod method, Uri address, string bearer, byte[]? body, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!IsOurs(address))
                return new Answer<Reply>.Unknown($"GitHub points to another host: {address.Host}");

            var from = address;
            var (answer, moved) = await timings.OutsideAsync(() => TryAsync(method, from, bearer, body, cancellationToken));
            if (moved is null)
                return answer;
            address = new Uri(address, moved);
        }

        return new Answer<Reply>.Unknown("GitHub sends us in circles");
    }

    private async Task<(Answer<Reply> Answer, Uri? Moved)> TryAsync(
        HttpMethod method, Uri address, string bearer, byte[]? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        try
        {
            using var http = clients.CreateClient(ClientName);
            using var response = await http.SendAsync(request, cancellationToken);
            Answered(method, address.AbsolutePath, (int)response.StatusCode);
            // The verb and the body stay as they are: a renamed repository moves writes as well as reads.
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect
                    or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is { } location)
                return (new Answer<Reply>.Unknown("moved"), location);

            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (Verdicts.Of(response, bytes, time.GetUtcNow()), null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Lost(method, address.AbsolutePath, fault.Message);
            return (new Answer<Reply>.Unknown($"GitHub could not be asked: {fault.Message}"), null);
        }
    }

    private bool IsOurs(Uri address) =>
        Uri.Compare(address, settings.GitHub.Api, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Path} answered {Status}")]
    private partial void Answered(HttpMethod method, string path, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} got no answer: {Why}")]
    private partial void Lost(HttpMethod method, string path, string why);
}
