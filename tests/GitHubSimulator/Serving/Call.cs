using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Faults;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Serving;

/// <summary>One request to the API: who asks, about what, with which words.</summary>
internal sealed class Call(HttpContext http, Simulation simulation, Actor actor, byte[] bytes)
{
    private JsonObject? body;
    private Repository? repository;

    public Simulation Simulation { get; } = simulation;

    public World World => Simulation.World;

    public Actor Actor { get; } = actor;

    public HttpContext Http => http;

    public HttpRequest Request => http.Request;

    /// <summary>Set where a list is to be answered as it was.</summary>
    public StaleView? Stale => http.Features.Get<StaleView>();

    /// <summary>Whether the answer is a page of a list.</summary>
    public bool IsList { get; private set; }

    /// <summary>The account that acts; an endpoint that needs none never asks.</summary>
    public By By => Actor.By ?? throw new ApiRefusal(401, "Requires authentication");

    public Repository Repository
    {
        get => repository ?? throw ApiRefusal.NotFound();
        set => repository = value;
    }

    public JsonObject Body => body ??= Parse();

    // Kestrel leaves an encoded slash encoded.
    public string Route(string name) =>
        (http.Request.RouteValues[name] as string ?? "").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public long Id(string name = "id") =>
        long.TryParse(Route(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw ApiRefusal.NotFound();

    public Issue Issue =>
        Repository.Issues.GetValueOrDefault((int)Math.Min(Id("number"), int.MaxValue)) ?? throw ApiRefusal.NotFound();

    public Pull Pull => Issue.Pull ?? throw ApiRefusal.NotFound();

    public string? Query(string name) => http.Request.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    public bool Has(string name) => Body.ContainsKey(name);

    /// <summary>A string property; null when absent or null.</summary>
    public string? Text(string name) => Body[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw new ApiRefusal(422, $"Invalid request.\n\nFor 'properties/{name}', {Body[name]!.ToJsonString()} is not a string."),
    };

    public bool? Flag(string name) => Body[name]?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new ApiRefusal(422, $"Invalid request.\n\nFor 'properties/{name}', {Body[name]!.ToJsonString()} is not a boolean."),
    };

    public JsonArray? Array(string name) => Body[name] switch
    {
        null => null,
        JsonArray array => array,
        _ => throw new ApiRefusal(422, $"Invalid request.\n\nFor 'properties/{name}', {Body[name]!.ToJsonString()} is not an array."),
    };

    /// <summary>One page of a list, with the Link header that leads to the others.</summary>
    public Reply Page<T>(IEnumerable<T> all, Func<T, JsonNode> render)
    {
        var (page, link) = Cut(Seen(all, render));
        return new Reply(200, new JsonArray([.. page.Select(show => show())]), link);
    }

    /// <summary>One page inside an object that also carries the total.</summary>
    public Reply Page<T>(IEnumerable<T> all, string name, Func<T, JsonNode> render, Action<JsonObject>? more = null)
    {
        var list = Seen(all, render).ToList();
        var (page, link) = Cut(list);
        var answer = new JsonObject { ["total_count"] = list.Count };
        more?.Invoke(answer);
        answer[name] = new JsonArray([.. page.Select(show => show())]);
        return new Reply(200, answer, link);
    }

    /// <summary>What a reader sees of a list: of a stale one, only what was there before the rule.</summary>
    private IEnumerable<Func<JsonNode>> Seen<T>(IEnumerable<T> all, Func<T, JsonNode> render) => Stale is { } stale
        ? [.. all.Select(render).Where(n => n["id"] is not { } id || Math.Abs(id.GetValue<long>()) <= stale.Cutoff).Select(n => (Func<JsonNode>)(() => n))]
        : all.Select(one => (Func<JsonNode>)(() => render(one)));

    private (IEnumerable<T> Page, string? Link) Cut<T>(IEnumerable<T> all)
    {
        IsList = true;
        var list = all as IReadOnlyList<T> ?? [.. all];
        var size = Math.Clamp(Whole("per_page", 30), 1, 100);
        var page = Math.Max(1, Whole("page", 1));
        var last = Math.Max(1, (list.Count + size - 1) / size);
        var links = new List<string>();
        void Add(int target, string rel) => links.Add($"<{PageUrl(target)}>; rel=\"{rel}\"");
        if (page > 1)
            Add(page - 1, "prev");
        if (page < last)
            Add(page + 1, "next");
        if (page < last)
            Add(last, "last");
        if (page > 1)
            Add(1, "first");
        return (list.Skip((page - 1) * size).Take(size), links.Count == 0 ? null : string.Join(", ", links));
    }

    // GitHub links by repository id, so that following is right and building is not.
    private string PageUrl(int page)
    {
        var path = http.Request.Path.Value ?? "";
        if (repository is not null)
        {
            var parts = path.Split('/', 5);
            path = $"/repositories/{repository.Id}" + (parts.Length > 4 ? "/" + parts[4] : "");
        }

        var query = http.Request.Query.Where(q => q.Key != "page").Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}");
        return $"{World.Url}{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?{string.Join('&', [.. query, $"page={page}"])}";
    }

    private int Whole(string name, int otherwise) =>
        int.TryParse(Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private JsonObject Parse()
    {
        if (bytes.Length == 0)
            return [];
        try
        {
            return JsonNode.Parse(bytes) as JsonObject ?? throw new ApiRefusal(400, "Body should be a JSON object");
        }
        catch (JsonException)
        {
            throw new ApiRefusal(400, "Problems parsing JSON");
        }
    }
}
