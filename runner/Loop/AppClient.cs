using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Muster.Core.Wire;
using Muster.Runner.Configuration;

namespace Muster.Runner.Loop;

/// <summary>The app did not answer, or not with an answer: try again later.</summary>
public sealed class AppUnreachableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The app said no, in words.</summary>
public sealed class AppRefusedException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}

/// <summary>Speaks the runner API: every request but enrolment is signed over method, path, time and body.</summary>
public sealed class AppClient(HttpClient http, RunnerSettings settings, RunnerIdentity identity, TimeProvider clock)
{
    // The app holds a poll for 25 s; an answer that takes much longer will not come.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public bool CanEnrol => settings.EnrolToken is not null;

    /// <summary>Makes this runner known, if it is not yet.</summary>
    public async Task EnrolAsync(RunnerInfo info, CancellationToken cancellationToken)
    {
        var request = new EnrolRequest(settings.EnrolToken ?? "", settings.Name, identity.PublicKey, info);
        var answer = await SendAsync<EnrolAnswer>(RunnerApi.Enrol, request, signed: false, cancellationToken);
        identity.Enrolled(answer!.Runner);
    }

    /// <summary>Sends and reads the answer; null where there is none (204).</summary>
    /// <exception cref="AppUnreachableException"/>
    /// <exception cref="AppRefusedException"/>
    public Task<T?> AskAsync<T>(string path, object request, CancellationToken cancellationToken)
        where T : class => SendAsync<T>(path, request, signed: true, cancellationToken);

    private async Task<T?> SendAsync<T>(string path, object body, bool signed, CancellationToken cancellationToken)
        where T : class
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = Write(path, body, signed);
            using var response = await http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            return response.IsSuccessStatusCode ? Read<T>(response.StatusCode, text) : throw Refused(response.StatusCode, path, text);
        }
        catch (HttpRequestException e)
        {
            throw new AppUnreachableException($"{settings.AppUrl} does not answer: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AppUnreachableException($"{settings.AppUrl} does not answer within {Patience.TotalSeconds} s", e);
        }
    }

    private HttpRequestMessage Write(string path, object body, bool signed)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), WireJson.Options);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.AppUrl.ToString().TrimEnd('/') + path))
        {
            Content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } },
        };
        if (signed)
        {
            var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var text = RunnerApi.SignedText("POST", path, time, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            request.Headers.Add(RunnerApi.RunnerHeader, identity.Id);
            request.Headers.Add(RunnerApi.TimeHeader, time);
            request.Headers.Add(RunnerApi.SignatureHeader, identity.Sign(Encoding.UTF8.GetBytes(text)));
        }

        return request;
    }

    private static T? Read<T>(HttpStatusCode status, string text)
        where T : class
    {
        if (status == HttpStatusCode.NoContent || text.Length == 0)
            return null;
        try
        {
            return WireJson.Read<T>(text);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new AppUnreachableException($"the app's answer is not understood: {e.Message}", e);
        }
    }

    private static Exception Refused(HttpStatusCode status, string path, string text)
    {
        if ((int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            return new AppUnreachableException($"the app answers {path} with {(int)status}");
        string said;
        try
        {
            var refusal = WireJson.Read<RefusalAnswer>(text);
            said = $"{refusal.Error} {refusal.Remedy}";
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            said = "without a reason";
        }

        return new AppRefusedException(status, $"the app refuses {path} with {(int)status}: {said}");
    }
}
