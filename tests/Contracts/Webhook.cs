using System.Text.Json;
using Muster.Contracts.Schemas;

namespace Muster.Contracts;

/// <summary>One kind of webhook that GitHub sends: an event and, where it has several, the action.</summary>
public sealed record Webhook(string Event, string? Action, JsonElement Schema)
{
    private static readonly SchemaCheck Check = new(Description.Webhooks);

    public static IReadOnlyList<Webhook> All { get; } =
    [
        .. Description.Webhooks.Parts("webhooks").Select(part => new Webhook(
            part.Value.GetProperty("event").GetString()!,
            part.Value.TryGetProperty("action", out var action) ? action.GetString() : null,
            part.Value.GetProperty("schema"))),
    ];

    /// <summary>What is wrong with a payload; nothing where it is as GitHub sends it.</summary>
    public static IReadOnlyList<string> Faults(string name, JsonElement payload)
    {
        var action = payload.TryGetProperty("action", out var said) ? said.GetString() : null;
        return All.FirstOrDefault(w => w.Event == name && (w.Action is null || w.Action == action)) is { } webhook
            ? [.. Check.Faults(webhook.Schema, payload, webhook.ToString())]
            : [$"{name}.{action} is no webhook of GitHub's that operations.txt names"];
    }

    public override string ToString() => Action is null ? Event : $"{Event}.{Action}";
}
