namespace Muster.App.GitHub.Budget;

/// <summary>What GitHub said about its limits, where it said anything.</summary>
/// <param name="Refused">The request itself was refused; else it was the last one before the limit.</param>
/// <param name="Until">When to come back; null where GitHub named no time.</param>
public sealed record RateWord(bool Refused, DateTimeOffset? Until);

/// <summary>Silence that GitHub asked for.</summary>
/// <param name="Strikes">Refusals in a row that named no time: each doubles the next silence.</param>
public sealed record Pause(DateTimeOffset Until, int Strikes)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unnamed = TimeSpan.FromMinutes(1);
    private const int MostDoublings = 6;

    public static Pause None { get; } = new(DateTimeOffset.MinValue, 0);

    /// <summary>Requests that were on their way together are refused together: that is one strike.</summary>
    public Pause After(RateWord word, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(word);
        var strikes = word is { Refused: true, Until: null } && now >= Until ? Strikes + 1 : Strikes;
        var silence = word.Until - now ?? Unnamed * (1 << Math.Clamp(strikes - 1, 0, MostDoublings));
        var until = now + (silence < Shortest ? Shortest : silence > Longest ? Longest : silence);
        return new Pause(until > Until ? until : Until, strikes);
    }
}
