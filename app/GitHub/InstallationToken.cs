namespace Muster.App.GitHub;

/// <summary>A minted token. It does not print.</summary>
public sealed record InstallationToken(string Token, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"(token until {ExpiresAt:O})";
}

public sealed record TokenRequest(IReadOnlyList<long>? RepositoryIds, IReadOnlyDictionary<string, string> Permissions);
