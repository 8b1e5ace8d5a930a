namespace Muster.GitHubSimulator.Limiting;

/// <summary>GitHub's limits, as it applies them to one installation.</summary>
public sealed record RateSettings
{
    /// <summary>Whether who goes too far is refused; counted is it in any case.</summary>
    public bool Enforced { get; init; } = true;

    public int ContentPerMinute { get; init; } = 80;

    public int ContentPerHour { get; init; } = 500;

    public int PointsPerMinute { get; init; } = 900;

    public int GraphPointsPerMinute { get; init; } = 2000;

    public int Concurrent { get; init; } = 100;

    /// <summary>The primary limit.</summary>
    public int PerHour { get; init; } = 5000;
}
