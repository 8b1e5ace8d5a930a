namespace Muster.App.GitHub.Budget;

/// <summary>What one installation may ask for. Source: GitHub's documentation, "Rate limits for the REST API" and "Best practices".</summary>
public sealed record BudgetLimits
{
    public static BudgetLimits OfGitHub { get; } = new();

    public int ContentPerMinute { get; init; } = 80;

    public int ContentPerHour { get; init; } = 500;

    /// <summary>What of the content is kept for pull requests and verdicts: whoever makes us tell a lot, as a stranger can, holds back no work.</summary>
    public int ContentKeptPerMinute { get; init; } = 10;

    /// <inheritdoc cref="ContentKeptPerMinute"/>
    public int ContentKeptPerHour { get; init; } = 60;

    public int PointsPerMinute { get; init; } = 900;

    /// <summary>What of the points is kept for those who write something people read, so that reading never holds them back.</summary>
    public int PointsKept { get; init; } = 300;

    /// <summary>From the answer to one content write to the next.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>GitHub allows a hundred, over all that we run for an installation; we never need as many.</summary>
    public int AtOnce { get; init; } = 16;

    /// <summary>GitHub counts a request when it comes in, we when it leaves: a window is taken a little wider than GitHub's.</summary>
    public TimeSpan Minute { get; init; } = TimeSpan.FromSeconds(60.5);

    public TimeSpan Hour { get; init; } = TimeSpan.FromSeconds(3602);

    public int ContentPerMinuteFor(Urgency urgency) => urgency <= Urgency.Pull ? ContentPerMinute : ContentPerMinute - ContentKeptPerMinute;

    public int ContentPerHourFor(Urgency urgency) => urgency <= Urgency.Pull ? ContentPerHour : ContentPerHour - ContentKeptPerHour;

    public int PointsFor(Urgency urgency) => urgency < Urgency.Background ? PointsPerMinute : PointsPerMinute - PointsKept;
}
