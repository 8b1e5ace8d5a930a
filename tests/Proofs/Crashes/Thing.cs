namespace Muster.Proofs.Crashes;

/// <summary>Something that stands when a wave is over. Two of the same noun and key are a duplicate.</summary>
/// <param name="Noun">What it is, in the singular.</param>
/// <param name="Key">Its natural key, in words that follow the noun.</param>
/// <param name="State">All else that must be the same however often a process died.</param>
internal sealed record Thing(string Noun, string Key, string State = "")
{
    /// <summary>Whether there should be none of them, ever.</summary>
    public bool IsWrong { get; init; }
}

/// <summary>Tells in words what is not as it should be.</summary>
internal static class Differences
{
    /// <summary>What is wrong whatever happened before: duplicates, and what nobody should have left behind.</summary>
    public static IEnumerable<string> Faults(IReadOnlyList<Thing> things) =>
        from same in things.GroupBy(t => (t.Noun, t.Key, t.IsWrong))
        let right = same.Key.IsWrong ? 0 : 1
        where same.Count() != right
        select Count(same.Key.Noun, same.Key.Key, same.Count(), right);

    /// <summary>What is not as it was where nothing died.</summary>
    public static IEnumerable<string> Between(IReadOnlyList<Thing> things, IReadOnlyList<Thing> right)
    {
        foreach (var (noun, key) in things.Concat(right).Select(t => (t.Noun, t.Key)).Distinct())
        {
            List<string> now = StatesOf(things, noun, key), then = StatesOf(right, noun, key);
            if (now.Count != then.Count)
            {
                yield return Count(noun, key, now.Count, then.Count);
            }
            else if (!now.SequenceEqual(then))
            {
                yield return $"{noun} {key} is \"{string.Join("; ", now)}\" where \"{string.Join("; ", then)}\" is right";
            }
        }
    }

    private static List<string> StatesOf(IReadOnlyList<Thing> things, string noun, string key) =>
        [.. things.Where(t => t.Noun == noun && t.Key == key).Select(t => t.State).Order(StringComparer.Ordinal)];

    private static string Count(string noun, string key, int now, int right) =>
        $"{now} {(now == 1 ? noun : Plural(noun))} {key} where {right} {(right == 1 ? "is" : "are")} right";

    private static string Plural(string noun) => noun.EndsWith("ch", StringComparison.Ordinal) || noun.EndsWith('s') ? $"{noun}es" : $"{noun}s";
}
