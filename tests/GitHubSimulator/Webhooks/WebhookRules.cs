using System.Text.Json.Nodes;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Webhooks;

/// <summary>What happens to the deliveries from now on; saying it anew replaces what was said before.</summary>
public sealed record WebhookRules
{
    /// <summary>The next so many get lost.</summary>
    public int Drop { get; init; }

    /// <summary>The next so many arrive twice under the same GUID.</summary>
    public int Duplicate { get; init; }

    /// <summary>How likely each is to get lost, by <see cref="Seed"/>.</summary>
    public double DropChance { get; init; }

    public double DuplicateChance { get; init; }

    public int Seed { get; init; }

    /// <summary>Each so many leave in another order than they happened, by <see cref="Seed"/>.</summary>
    public int Reorder { get; init; }

    /// <summary>Each leaves so many seconds late, on the simulator's clock, and those without delay overtake it.</summary>
    public double Delay { get; init; }

    /// <summary>None leaves before it is released.</summary>
    public bool Hold { get; init; }

    /// <summary>Only these, such as <c>issues</c> or <c>issues.labeled</c>.</summary>
    public string? Event { get; init; }

    internal bool Concerns(Delivery delivery) =>
        Event is null || Event == delivery.Event || Event == $"{delivery.Event}.{delivery.Action}";

    internal static WebhookRules Read(Call call)
    {
        double Number(string name) => call.Body[name] is JsonValue value && value.TryGetValue<double>(out var number) ? number : 0;
        return new WebhookRules
        {
            Drop = (int)Number("drop"),
            Duplicate = (int)Number("duplicate"),
            DropChance = Number("dropChance"),
            DuplicateChance = Number("duplicateChance"),
            Seed = (int)Number("seed"),
            Reorder = (int)Number("reorder"),
            Delay = Number("delay"),
            Hold = call.Flag("hold") ?? false,
            Event = call.Text("event"),
        };
    }
}

/// <summary>In which order held deliveries leave.</summary>
public enum ReleaseOrder
{
    AsSent,
    Reversed,
    Shuffled,
}
