using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Muster.Core.Wire;
using Muster.Runner.Configuration;

namespace Muster.Runner.Doctor;

/// <summary>The Apps' credentials, looked at by the app, which alone holds them: asked of it with the operator's token.</summary>
public static class AppsCheck
{
    public const string Path = "/api/doctor";

    private const string Name = "GitHub Apps";

    public static async Task<IReadOnlyList<Check>> LookAsync(RunnerSettings settings, HttpClient http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(http);
        using var request = new HttpRequestMessage(HttpMethod.Get, settings.AppUrl.ToString().TrimEnd('/') + Path);
        if (settings.ApiToken is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => [.. WireJson.Read<List<AppCheck>>(text).Select(check => new Check(check.Name, check.Fault, check.Remedy))],
                HttpStatusCode.NotFound => [new Check(Name) { Left = "the app shows them to nobody; give app and doctor the same Muster__ApiToken" }],
                HttpStatusCode.Unauthorized when settings.ApiToken is null => [new Check(Name) { Left = "set Muster__ApiToken to the app's to have them looked at" }],
                HttpStatusCode.Unauthorized => [new Check(Name, "the app does not accept this Muster__ApiToken", "set it to the app's")],
                var status => [new Check(Name, $"the app answers {(int)status}", "look at the app's log")],
            };
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or NotSupportedException)
        {
            return [new Check(Name, e.Message, "run the same version of app and muster, and look at the app's log")];
        }
    }
}
