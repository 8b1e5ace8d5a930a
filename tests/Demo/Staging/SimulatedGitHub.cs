using System.Text.Json;
using System.Text.Json.Nodes;

namespace Muster.Demo.Staging;

/// <summary>The simulator's control door: puts people, Apps and the repository in place and reads the journal.</summary>
public sealed class SimulatedGitHub(string url) : IDisposable
{
    private readonly JsonDoor door = new(url);

    public string Url { get; } = url;

    /// <summary>Where the repository is cloned from and looked at; known once it was made.</summary>
    public string CloneUrl { get; private set; } = "";

    public async Task<Person> AddPersonAsync(string login, string repository, CancellationToken cancellationToken)
    {
        var user = await door.PostAsync("/_sim/users", new JsonObject { ["login"] = login }, cancellationToken);
        return new Person(login, user["token"]!.GetValue<string>(), Url, repository);
    }

    public Task AddAppAsync(AppKey key, string? webhookUrl, string? webhookSecret, JsonObject? permissions, CancellationToken cancellationToken)
    {
        var app = new JsonObject
        {
            ["appId"] = key.AppId,
            ["slug"] = key.Slug,
            ["publicKeyPem"] = key.PublicKeyPem,
            ["webhookUrl"] = webhookUrl,
            ["webhookSecret"] = webhookSecret,
        };
        if (permissions is not null)
        {
            app["permissions"] = permissions;
        }

        return door.PostAsync("/_sim/apps", app, cancellationToken);
    }

    public async Task AddRepositoryAsync(
        string owner, string name, string branch, IEnumerable<Person> writers, IEnumerable<AppKey> apps, CancellationToken cancellationToken)
    {
        var made = await door.PostAsync(
            "/_sim/repos",
            new JsonObject
            {
                ["owner"] = owner,
                ["name"] = name,
                ["defaultBranch"] = branch,
                ["private"] = false,
                ["collaborators"] = new JsonObject(writers.Select(w => KeyValuePair.Create(w.Login, (JsonNode?)"write"))),
                ["installations"] = new JsonArray([.. apps.Select(a => JsonValue.Create(a.AppId))]),
            },
            cancellationToken);
        CloneUrl = made["cloneUrl"]!.GetValue<string>();
    }

    /// <summary>Every request that GitHub answered, in order.</summary>
    public async Task<IReadOnlyList<JournalLine>> JournalAsync(CancellationToken cancellationToken) =>
        (await door.GetAsync("/_sim/journal", cancellationToken)).Deserialize<List<JournalLine>>(JsonSerializerOptions.Web)!;

    public async Task<bool> IsIdleAsync(CancellationToken cancellationToken) =>
        (await door.GetAsync("/_sim/idle", cancellationToken))["idle"]!.GetValue<bool>();

    public void Dispose() => door.Dispose();
}

/// <summary>One request to the simulated GitHub.</summary>
public sealed record JournalLine(int N, DateTimeOffset At, string Method, string Path, JournalActor Actor, int Status, string? Body, JournalToken? Token)
{
    /// <summary>Whether it made something: a POST that was answered 201, or 200 as for reviews.</summary>
    public bool Made => Method == "POST" && Status is 200 or 201;

    public JsonNode? Json => Body is null ? null : JsonNode.Parse(Body);
}

public sealed record JournalActor(string Kind, string? Login, long? AppId);

public sealed record JournalToken(IReadOnlyList<long> RepositoryIds, IReadOnlyDictionary<string, string> Permissions);
