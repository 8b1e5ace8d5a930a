using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Muster.GitHubSimulator.Auth;
using Muster.GitHubSimulator.Faults;
using Muster.GitHubSimulator.Limiting;

namespace Muster.GitHubSimulator.Serving;

/// <summary>Every request from outside, in the order it was answered. No credential is ever written down.</summary>
internal sealed class Journal
{
    private readonly Lock gate = new();
    private readonly List<JsonObject> entries = [];
    private int underWay;

    /// <summary>Requests received and not yet answered.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    public void Begin() => Interlocked.Increment(ref underWay);

    public void End() => Interlocked.Decrement(ref underWay);

    public void Append(JournalDraft draft, int status)
    {
        var actor = draft.Actor;
        var entry = new JsonObject
        {
            ["at"] = draft.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["method"] = draft.Method,
            ["path"] = draft.Path,
            ["query"] = draft.Query,
            ["actor"] = new JsonObject
            {
                ["kind"] = actor.Kind,
                ["login"] = actor.By?.User.Login,
                ["appId"] = actor.By?.App?.Id,
            },
            ["status"] = status,
            ["bodySha256"] = draft.BodySha256,
            ["body"] = draft.Body,
        };
        if (draft.Fault is { } fault)
            entry["fault"] = fault;
        if (draft.Effect is { } effect)
            entry["effect"] = effect;
        if (actor is Actor.Installed { Token: var token })
        {
            entry["token"] = new JsonObject
            {
                ["repositoryIds"] = new JsonArray([.. token.Repositories.Select(r => JsonValue.Create(r.Id))]),
                ["permissions"] = new JsonObject(token.Permissions.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            };
        }

        lock (gate)
        {
            entry.Insert(0, "n", entries.Count + 1);
            entries.Add(entry);
        }
    }

    public JsonArray After(int n)
    {
        lock (gate)
            return new JsonArray([.. entries.Skip(Math.Max(0, n)).Select(e => e.DeepClone())]);
    }
}

/// <summary>What is known of a request until its status is.</summary>
internal sealed class JournalDraft(HttpRequest request, DateTimeOffset at)
{
    public DateTimeOffset At { get; } = at;

    public string Method { get; } = request.Method;

    // As it was sent: an encoded slash is not a slash.
    public string Path { get; } = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];

    public string Query { get; } = request.QueryString.Value?.TrimStart('?') ?? "";

    public Actor Actor { get; set; } = Actor.Nobody;

    public string? BodySha256 { get; set; }

    public string? Body { get; set; }

    public byte[] Bytes { get; set; } = [];

    /// <summary>What went wrong by plan.</summary>
    public string? Fault { get; set; }

    /// <summary>The status of what was done, where another one or none was answered.</summary>
    public int? Effect { get; set; }

    /// <summary>Whether the connection was broken, so that nobody gets an answer.</summary>
    public bool IsCut { get; set; }

    /// <summary>A request to the control API: nothing is counted, nothing goes wrong.</summary>
    public bool BehindTheScenes { get; } = request.Path.StartsWithSegments("/_sim", StringComparison.Ordinal);

    public Caller Caller => Caller.Of(Actor);

    public FaultedRequest ForFaults(HttpRequest asked) => new(asked.Method, asked.Path.Value ?? "", Actor.By?.User.Login, Body);

    public static JournalDraft Of(HttpContext http) => http.Features.GetRequiredFeature<JournalDraft>();
}
