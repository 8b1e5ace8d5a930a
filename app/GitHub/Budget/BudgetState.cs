namespace Muster.App.GitHub.Budget;

/// <summary>One request that was let go.</summary>
public sealed record Spent
{
    public DateTimeOffset At { get; init; }

    public int Points { get; init; }

    public bool Content { get; init; }
}

/// <summary>What was spent within the windows, and whether GitHub told us to be silent: all that a decision needs.</summary>
/// <param name="Spent">Oldest first.</param>
public sealed record BudgetState(IReadOnlyList<Spent> Spent, DateTimeOffset? PausedUntil)
{
    /// <summary>The first moment, from now on, at which a request may go if no other goes before.</summary>
    public DateTimeOffset FreeAt(CallCost cost, Urgency urgency, BudgetLimits limits, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var free = Later(now, PausedUntil);
        free = Later(free, PointsFreeAt(cost.Points, limits.PointsFor(urgency), limits.Minute, now));
        if (!cost.Content)
            return free;
        var content = Spent.Where(s => s.Content).Select(s => s.At).ToList();
        free = Later(free, content.Count > 0 ? content[^1] + limits.Spacing : null);
        free = Later(free, Freed(content, limits.ContentPerMinuteFor(urgency), limits.Minute));
        return Later(free, Freed(content, limits.ContentPerHourFor(urgency), limits.Hour));
    }

    /// <summary>Whether it tells of a time that was not yet: the clock was set back since.</summary>
    public bool IsAhead(DateTimeOffset now) => (Spent.Count > 0 && Spent[^1].At > now) || PausedUntil > now + Pause.Longest;

    public int ContentSince(DateTimeOffset start) => Spent.Count(s => s.Content && s.At > start);

    public int PointsSince(DateTimeOffset start) => Spent.Where(s => s.At > start).Sum(s => s.Points);

    /// <summary>When the oldest of the newest <paramref name="most"/> leaves the window.</summary>
    private static DateTimeOffset? Freed(List<DateTimeOffset> content, int most, TimeSpan window) =>
        content.Count >= most ? content[^most] + window : null;

    private DateTimeOffset? PointsFreeAt(int points, int most, TimeSpan window, DateTimeOffset now)
    {
        var recent = Spent.Where(s => s.At + window > now).ToList();
        var over = recent.Sum(s => s.Points) + points - most;
        foreach (var spent in recent)
        {
            if (over <= 0)
                return null;
            over -= spent.Points;
            if (over <= 0)
                return spent.At + window;
        }

        // One that costs more than a whole window goes when the window is empty.
        return recent.Count > 0 && over > 0 ? recent[^1].At + window : null;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
