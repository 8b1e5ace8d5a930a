using System.Text.Json.Serialization;

namespace Muster.GitHubSimulator.Limiting;

/// <summary>What one caller has asked for; for an installation <paramref name="Id"/> is the installation's.</summary>
/// <param name="Kind"><c>installation</c>, <c>app</c> (by JWT), <c>user</c> or <c>anonymous</c>.</param>
/// <param name="Points">In the last minute of the clock.</param>
/// <param name="Used">Of the primary limit, in its current hour.</param>
public sealed record InstallationUse(
    string Kind,
    long Id,
    string Login,
    long Requests,
    int Points,
    long PointsInAll,
    int Used,
    int MostAtOnce,
    int Refusals,
    Violations Violations,
    IReadOnlyList<ContentWrite> ContentWrites)
{
    /// <summary>The shortest time between two content writes; null where there are fewer than two.</summary>
    public double? ShortestGapSeconds => ContentWrites.Count < 2
        ? null
        : ContentWrites.Zip(ContentWrites.Skip(1), (a, b) => (b.At - a.At).TotalSeconds).Min();
}

/// <summary>A request that made or edited an issue, comment, pull request, review or check run, and was not refused by a limit.</summary>
public sealed record ContentWrite(DateTimeOffset At, string Method, string Path)
{
    /// <summary>Known once it is answered.</summary>
    public int? Status { get; internal set; }
}

/// <summary>How often a limit was overstepped, each kind for itself.</summary>
public sealed record Violations
{
    public int ContentMinute { get; internal set; }

    public int ContentHour { get; internal set; }

    public int Points { get; internal set; }

    public int Concurrent { get; internal set; }

    public int Primary { get; internal set; }

    /// <summary>Asked again before the time named by an earlier refusal.</summary>
    public int Early { get; internal set; }

    public int Total => ContentMinute + ContentHour + Points + Concurrent + Primary + Early;

    [JsonIgnore]
    public bool None => Total == 0;
}
