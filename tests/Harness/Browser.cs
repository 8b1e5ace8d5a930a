using System.Net;
using System.Text.RegularExpressions;

namespace Muster.App.Tests;

/// <summary>A person at a browser without scripts: follows redirects, keeps cookies, fills in forms and sends them where they say.</summary>
public sealed partial class Browser : IDisposable
{
    private const int MostRedirects = 10;

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, CookieContainer = new CookieContainer() });

    public Uri At { get; private set; } = new("about:blank");

    public HttpStatusCode Status { get; private set; }

    public string Page { get; private set; } = "";

    /// <summary>The page as a person reads it.</summary>
    public string Text => Space.Replace(WebUtility.HtmlDecode(Markup.Replace(Page, " ")), " ").Replace(" ,", ",", StringComparison.Ordinal);

    /// <summary>Every address that was visited, redirects included.</summary>
    public List<Uri> History { get; } = [];

    public Task GoAsync(string address) => AskAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(At.IsAbsoluteUri && At.Scheme is "http" ? At : new Uri("http://127.0.0.1/"), address)));

    /// <summary>Sends the form with this on its button.</summary>
    public Task PressAsync(string button, params (string Name, string Value)[] fields)
    {
        var form = Forms.Matches(Page).FirstOrDefault(f => WebUtility.HtmlDecode(Markup.Replace(Buttons.Match(f.Value).Value, "")).Contains(button, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No form has a button '{button}' on {At}: {Text}");
        var values = new Dictionary<string, string>();
        foreach (Match input in Inputs.Matches(form.Value))
        {
            if (Attribute(input.Value, "name") is { } name && Attribute(input.Value, "type") is not "checkbox")
                values[name] = Attribute(input.Value, "value") ?? "";
        }

        foreach (var (name, value) in fields)
            values[name] = value;
        var target = new Uri(At, Attribute(form.Groups[1].Value, "action") ?? At.AbsoluteUri);
        return AskAsync(new HttpRequestMessage(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(values) });
    }

    /// <summary>Sends what no form of the page would.</summary>
    public Task PostAsync(string address, params (string Name, string Value)[] fields) => AskAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(At, address))
    {
        Content = new FormUrlEncodedContent(fields.ToDictionary(f => f.Name, f => f.Value)),
    });

    public void Dispose() => http.Dispose();

    private async Task AskAsync(HttpRequestMessage first)
    {
        var next = first;
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = next;
            At = request.RequestUri!;
            History.Add(At);
            using var answer = await http.SendAsync(request);
            (Status, Page) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            if ((int)Status is < 300 or >= 400 || answer.Headers.Location is not { } location)
                return;
            next = new HttpRequestMessage(HttpMethod.Get, new Uri(At, location));
        }

        throw new InvalidOperationException($"{At} goes in circles");
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    [GeneratedRegex("<form\\b([^>]*)>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms { get; }

    [GeneratedRegex("<button\\b.*?</button>", RegexOptions.Singleline)]
    private static partial Regex Buttons { get; }

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Inputs { get; }

    [GeneratedRegex("\\s+")]
    private static partial Regex Space { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup { get; }
}
