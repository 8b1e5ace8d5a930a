using System.Security.Cryptography;

namespace Muster.App.Settings;

/// <summary>Everything the app is told at start, checked as a whole before anything runs.</summary>
public sealed record AppSettings
{
    public required GitHubAddress GitHub { get; init; }

    public required AppKey Author { get; init; }

    /// <summary>The second App, whose approvals count; null where there is none.</summary>
    public AppKey? Reviewer { get; init; }

    public required Secret WebhookSecret { get; init; }

    /// <summary>Still accepted while a new secret takes its place.</summary>
    public Secret? WebhookSecretPrevious { get; init; }

    /// <summary>The SQLite file.</summary>
    public required string Database { get; init; }

    /// <summary>The folder of the bare repositories that the app keeps.</summary>
    public required string Mirror { get; init; }

    /// <summary>Opens <c>/api/*</c> and the pages to its bearer.</summary>
    public Secret? ApiToken { get; init; }

    /// <summary>Opens <c>/api/*</c> and the pages to everybody: for a demo on loopback.</summary>
    public bool OpenApi { get; init; }

    /// <summary>Lets any runner that knows it enrol.</summary>
    public Secret? EnrolToken { get; init; }

    public required Durations Durations { get; init; }

    /// <summary>Whether this is the number of one of our own Apps.</summary>
    public bool IsOurs(long? app) => app is { } id && (id == Author.AppId || id == Reviewer?.AppId);
}

/// <summary>Where GitHub is: its API, and the server that people and git go to.</summary>
public sealed record GitHubAddress(Uri Api, Uri Server)
{
    /// <summary>GitHub Enterprise Server keeps GraphQL beside its REST root, everybody else below it.</summary>
    public Uri GraphQl => Api.AbsolutePath.TrimEnd('/').EndsWith("/api/v3", StringComparison.Ordinal)
        ? new Uri($"{Api.AbsoluteUri.TrimEnd('/')[..^"/v3".Length]}/graphql")
        : new Uri($"{Api.AbsoluteUri.TrimEnd('/')}/graphql");
}

/// <summary>What signs as an App.</summary>
/// <param name="File">Where the key was read from.</param>
public sealed record AppKey(long AppId, RSA Key, string File = "");

public sealed record Durations
{
    /// <summary>A wave gathers until it was quiet for so long.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>However much comes in, a wave gathers no longer than this.</summary>
    public TimeSpan GatherAtMost => 6 * Gather;

    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A wave at rest for so long is closed.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromMinutes(5);
}
