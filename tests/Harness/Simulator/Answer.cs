using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.Contracts;

namespace Muster.App.Tests.Simulator;

/// <summary>What the simulator answered.</summary>
public sealed record Answer(int Status, JsonNode? Json, string Raw, HttpResponseHeaders Headers)
{
    public JsonNode this[string name] => Json![name] ?? throw new InvalidOperationException($"no {name} in {Raw}");

    public string Text(string name) => Json![name]!.GetValue<string>();

    public string Message => Text("message");

    public string Errors => Json!["errors"]?.ToJsonString() ?? "";

    /// <summary>The objects of a list, or of one member of an object.</summary>
    public IReadOnlyList<JsonNode> Items(string? name = null) => [.. ((JsonArray)(name is null ? Json! : Json![name]!)).Select(n => n!)];

    public static async Task<Answer> AskAsync(
        HttpClient client, HttpMethod method, string path, string? token, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        // What the simulated GitHub answers has to look like GitHub, whoever asks; its control doors carry no such id.
        var faults = response.Headers.Contains(ContractHandler.RequestId)
            ? Contract.FaultsOfAnswer(
                method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, Encoding.UTF8.GetBytes(text), request.Headers.IfNoneMatch.Count > 0)
            : [];
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        var json = text is ['{' or '[', ..] ? JsonNode.Parse(text) : null;
        return new Answer((int)response.StatusCode, json, text, response.Headers);
    }
}
