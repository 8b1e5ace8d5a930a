using System.Net;
using System.Net.Http.Headers;
using Muster.App.GitHub.Budget;
using Muster.App.Settings;
using Muster.App.Telemetry;

namespace Muster.App.GitHub;

/// <summary>Sends one request and says what came of it. A token goes to GitHub's API and nowhere else, wherever an answer points.</summary>
public sealed partial class GitHubHttp(
    IHttpClientFactory clients, AppSettings settings, Governor governor, GitHubClock clock, Timings timings, ILogger<GitHubHttp> logger)
{
    public const string ClientName = "GitHub";

    private const int MostRedirects = 5;
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Remembered remembered = new();

    /// <summary>The address of an API path, which begins with a slash.</summary>
    public Uri Address(string path) => new(settings.GitHub.Api.AbsoluteUri.TrimEnd('/') + path);

    /// <param name="bearer">The credential: opaque, of any length, and never written down.</param>
    /// <param name="scope">Who asks with which rights, so that no answer is remembered for another; null where nothing is to be remembered.</param>
    internal async Task<Sent> SendAsync(Payer payer, Question question, string bearer, string? scope, CancellationToken cancellationToken)
    {
        var address = question.Address;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!IsOurs(address))
                return new Sent(new Answer<Reply>.Unknown($"GitHub points to another host: {address.Host}"));

            // The verb and the body stay as they are: a renamed repository moves writes as well as reads.
            var hop = question with { Address = address };
            var sent = await timings.OutsideAsync(() =>
                governor.RunAsync(payer, hop.Cost, () => TryAsync(hop, bearer, scope, cancellationToken), cancellationToken));
            if (sent.Moved is null)
                return sent;
            address = new Uri(address, sent.Moved);
        }

        return new Sent(new Answer<Reply>.Unknown("GitHub sends us in circles"));
    }

    private async Task<Sent> TryAsync(Question question, string bearer, string? scope, CancellationToken cancellationToken)
    {
        var (method, address) = (question.Method, question.Address);
        var known = method == HttpMethod.Get && scope is not null ? remembered.Find(scope, address) : null;
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (known is { Tag: var tag })
            request.Headers.IfNoneMatch.Add(tag);
        if (question.Body is { } body)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = Json } };
        try
        {
            using var http = clients.CreateClient(ClientName);
            using var response = await http.SendAsync(request, cancellationToken);
            Answered(method, address.AbsolutePath, (int)response.StatusCode);
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect
                    or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is { } location)
                return new Sent(new Answer<Reply>.Unknown("moved"), location);

            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var answer = response.StatusCode == HttpStatusCode.NotModified && known is { Reply: var same }
                ? new Answer<Reply>.Ok(same)
                : Verdicts.Of(response, bytes, clock);
            if (method == HttpMethod.Get && scope is not null && response.StatusCode == HttpStatusCode.OK && answer is Answer<Reply>.Ok { Value: var fresh })
                remembered.Keep(scope, address, response.Headers.ETag, fresh);
            var word = address == settings.GitHub.GraphQl ? Verdicts.GraphRateOf(response, bytes, clock) : Verdicts.RateOf(response, bytes, clock);
            return new Sent(answer, Word: word, Date: response.Headers.Date);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Lost(method, address.AbsolutePath, fault.Message);
            return new Sent(new Answer<Reply>.Unknown($"GitHub could not be asked: {fault.Message}"));
        }
    }

    private bool IsOurs(Uri address) =>
        Uri.Compare(address, settings.GitHub.Api, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Method} {Path} answered {Status}")]
    private partial void Answered(HttpMethod method, string path, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Path} got no answer: {Why}")]
    private partial void Lost(HttpMethod method, string path, string why);
}
