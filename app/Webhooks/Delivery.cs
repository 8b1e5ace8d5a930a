using Muster.Core;

namespace Muster.App.Webhooks;

/// <summary>One webhook as it is stored: what it is about beside the bytes GitHub sent.</summary>
public sealed record Delivery(
    string Id,
    string Event,
    string? Action,
    RepoId? Repo,
    long? Installation,
    string? Sender,
    byte[] Payload);
