using System.Text.Json.Nodes;

namespace Muster.GitHubSimulator.State;

internal sealed class CheckRun
{
    public required long Id { get; init; }

    /// <summary>GitHub keeps one suite for each App and commit.</summary>
    public required long SuiteId { get; init; }

    public required AppRegistration App { get; init; }

    public required string HeadSha { get; init; }

    public required DateTimeOffset StartedAt { get; set; }

    public required string Name { get; set; }

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public string? DetailsUrl { get; set; }

    public string? ExternalId { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Text { get; set; }

    public List<JsonObject> Annotations { get; } = [];
}
