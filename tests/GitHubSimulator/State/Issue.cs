using System.Text.Json.Nodes;

namespace Muster.GitHubSimulator.State;

/// <summary>An issue; a pull request is an issue with a <see cref="Pull"/>.</summary>
internal sealed class Issue
{
    public required long Id { get; init; }

    public required int Number { get; init; }

    public required By Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Title { get; set; }

    public string? Body { get; set; }

    public bool Open { get; set; } = true;

    public string? StateReason { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public Account? ClosedBy { get; set; }

    public List<Label> Labels { get; } = [];

    public List<Comment> Comments { get; } = [];

    public List<Reaction> Reactions { get; } = [];

    public List<TimelineEntry> Timeline { get; } = [];

    public Pull? Pull { get; set; }

    public List<Tied> BlockedBy { get; } = [];

    public List<Tied> SubIssues { get; } = [];

    public string State => Open ? "open" : "closed";
}

internal sealed class Label
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Color { get; init; }

    public string? Description { get; init; }
}

internal sealed class Comment
{
    public required long Id { get; init; }

    public required Issue Issue { get; init; }

    public required By Author { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Body { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public List<Reaction> Reactions { get; } = [];
}

internal sealed record Reaction(long Id, string Content, Account User, DateTimeOffset CreatedAt);

/// <summary>One line of an issue's history; <paramref name="Details"/> are the fields only this kind has.</summary>
internal sealed record TimelineEntry(long Id, string Event, By By, DateTimeOffset At, Func<JsonObject> Details);

/// <summary>An issue in its repository, at the other end of a tie.</summary>
internal readonly record struct Tied(Repository Repository, Issue Issue);
