namespace Muster.Core.Contracts;

/// <summary>What one issue may use up; null means that nobody set a bound.</summary>
public sealed record Budget(int? Minutes = null, long? Tokens = null, int? Commits = null)
{
    /// <summary>The tighter of two budgets, bound by bound: a contract can lower what the policy allows, never raise it.</summary>
    public Budget Within(Budget cap) =>
        new(Tighter(Minutes, cap.Minutes), Tighter(Tokens, cap.Tokens), Tighter(Commits, cap.Commits));

    private static T? Tighter<T>(T? mine, T? cap) where T : struct, IComparable<T> =>
        mine is { } a && cap is { } b ? (a.CompareTo(b) <= 0 ? a : b) : mine ?? cap;
}
