using Muster.Core.Gates.Code;

namespace Muster.Core.Gates;

internal sealed record FoundTest(CodePair Pair, TestCase Test);

/// <summary>Which tests a change removes and which it adds, over all its files: a test that moves does neither.</summary>
internal static class TestMoves
{
    private const double Same = 0.6;

    public static (IReadOnlyList<FoundTest> Removed, IReadOnlyList<FoundTest> Added) Of(ChangedCode code)
    {
        var before = code.Pairs.SelectMany(p => p.Before.Tests.Select(t => new FoundTest(p, t))).ToList();
        var after = code.Pairs.SelectMany(p => p.After.Tests.Select(t => new FoundTest(p, t))).ToList();
        return (Beyond(before, after), Beyond(after, before));
    }

    /// <summary>Whether one is the other under a new name.</summary>
    public static bool IsSame(TestCase one, TestCase other) =>
        one.Body.SequenceEqual(other.Body) || new Substance([other.Body]).Holds(one.Body) >= Same;

    /// <summary>Whether a contract's name means this test, alone or with its class before it.</summary>
    public static bool IsNamed(TestCase test, string name) =>
        test.Name == name || test.Title == name
        || test.Title.EndsWith("." + name, StringComparison.Ordinal) || name.EndsWith("." + test.Title, StringComparison.Ordinal)
        || test.Title.EndsWith("::" + name, StringComparison.Ordinal) || test.Title.EndsWith(" " + name, StringComparison.Ordinal);

    // Two classes may have a test of one name; the one that stays put is not the one that is new.
    private static List<FoundTest> Beyond(List<FoundTest> some, List<FoundTest> others)
    {
        var places = others.Select(o => (o.Pair.Path, o.Test.Title)).ToHashSet();
        var spare = others.Where(o => !some.Any(s => s.Pair.Path == o.Pair.Path && s.Test.Title == o.Test.Title))
            .CountBy(o => o.Test.Name).ToDictionary();
        var beyond = new List<FoundTest>();
        foreach (var test in some.Where(s => !places.Contains((s.Pair.Path, s.Test.Title))))
        {
            if (spare.GetValueOrDefault(test.Test.Name) is > 0 and var left)
                spare[test.Test.Name] = left - 1;
            else
                beyond.Add(test);
        }

        return beyond;
    }
}
