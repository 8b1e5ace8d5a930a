using System.Security.Cryptography;

namespace Muster.GitHubSimulator.State;

/// <summary>A registered GitHub App.</summary>
internal sealed class AppRegistration
{
    public required long Id { get; init; }

    public required string Slug { get; init; }

    /// <summary>As its maker wrote it; null where the slug is all there is.</summary>
    public string? Name { get; init; }

    public string ClientId => $"Iv1.{Id:x16}";

    public required Account Bot { get; init; }

    public required Account Owner { get; init; }

    public required RSA Key { get; init; }

    public required IReadOnlyDictionary<string, string> Permissions { get; init; }

    public required IReadOnlyList<string> Events { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where a person is sent after installing it.</summary>
    public string? SetupUrl { get; init; }

    public string? WebhookUrl { get; set; }

    public string? WebhookSecret { get; set; }

    public long HookId => 500_000 + Id;
}

/// <summary>An App on one account, with the repositories it was given.</summary>
internal sealed class Installation
{
    public required long Id { get; init; }

    public required AppRegistration App { get; init; }

    public required Account Account { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? SuspendedAt { get; set; }

    public List<Repository> Repositories { get; } = [];
}

/// <summary>A minted installation token and all it may do.</summary>
internal sealed record InstallationToken(
    Installation Installation,
    IReadOnlyDictionary<string, string> Permissions,
    IReadOnlyList<Repository> Chosen,
    bool Narrowed,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Those of the chosen that still belong to the installation.</summary>
    public IReadOnlyList<Repository> Repositories => [.. Chosen.Where(Installation.Repositories.Contains)];
}

/// <summary>What is exchanged, once, for the credentials of an App that was registered from a manifest.</summary>
internal sealed record ManifestCode(AppRegistration App, string Pem, DateTimeOffset ExpiresAt);
