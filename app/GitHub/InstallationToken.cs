using System.Text.Json.Serialization;
using Muster.App.GitHub.Budget;

namespace Muster.App.GitHub;

/// <summary>A minted token: opaque, of no certain length. It does not print.</summary>
public sealed record InstallationToken(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>The installation that pays for what is asked with it.</summary>
    [JsonIgnore]
    public Payer Payer { get; init; }

    public override string ToString() => $"(token until {ExpiresAt:O})";
}

public sealed record TokenRequest(IReadOnlyList<long>? RepositoryIds, IReadOnlyDictionary<string, string> Permissions);
