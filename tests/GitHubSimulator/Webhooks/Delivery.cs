using System.Text.Json.Nodes;
using Muster.GitHubSimulator.State;

namespace Muster.GitHubSimulator.Webhooks;

/// <summary>One attempt to bring one event to one App. A redelivery is a new attempt with the same GUID.</summary>
internal sealed class Delivery
{
    public required long Id { get; init; }

    public required Guid Key { get; init; }

    public required AppRegistration App { get; init; }

    public required string Event { get; init; }

    public required string? Action { get; init; }

    public required string Body { get; init; }

    public required long? InstallationId { get; init; }

    public required long? RepositoryId { get; init; }

    public bool Redelivery { get; init; }

    /// <summary>Lost on the way by a rule: GitHub believes it was sent, nobody got it.</summary>
    public bool Dropped { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public TimeSpan Duration { get; set; }

    /// <summary>The receiver's status; 0 until it ended, 502 when nobody answered, 504 after ten seconds.</summary>
    public int StatusCode { get; set; }

    public string Status { get; set; } = "pending";

    public Delivery Again(long id) => new()
    {
        Id = id,
        Key = Key,
        App = App,
        Event = Event,
        Action = Action,
        Body = Body,
        InstallationId = InstallationId,
        RepositoryId = RepositoryId,
        Redelivery = true,
    };

    public JsonObject ToJson(int n) => new()
    {
        ["n"] = n,
        ["id"] = Id,
        ["guid"] = Key.ToString(),
        ["appId"] = App.Id,
        ["event"] = Event,
        ["action"] = Action,
        ["status"] = StatusCode,
        ["statusText"] = Status,
        ["duration"] = Math.Round(Duration.TotalSeconds, 3),
        ["deliveredAt"] = DeliveredAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["redelivery"] = Redelivery,
        ["dropped"] = Dropped,
        ["repositoryId"] = RepositoryId,
        ["installationId"] = InstallationId,
        ["body"] = JsonNode.Parse(Body),
    };
}
