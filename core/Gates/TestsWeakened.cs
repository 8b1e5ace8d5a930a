using Muster.Core.Gates.Code;

namespace Muster.Core.Gates;

/// <summary>Tests that no longer hold anything up: deleted, skipped, or without their assertions.</summary>
internal static class TestsWeakened
{
    public const string Rule = "tests-weakened";

    public static IEnumerable<Fault> Check(GateInput input)
    {
        var (removed, added) = TestMoves.Of(input.Code);
        var deleted = removed.Where(r => !added.Any(a => TestMoves.IsSame(r.Test, a.Test))).Select(Deleted);
        return [.. deleted, .. input.Code.Pairs.SelectMany(Kept)];
    }

    private static Fault Deleted(FoundTest was) => new(
        was.Pair.Path, was.Test.Line,
        $"The test `{was.Test.Name}` was deleted (line {was.Test.Line} of the base).", $"Restore `{was.Test.Name}`.");

    private static IEnumerable<Fault> Kept(CodePair pair)
    {
        var before = pair.Before.Tests.GroupBy(t => t.Title).ToDictionary(g => g.Key, g => g.First());
        foreach (var now in pair.After.Tests)
        {
            if (!before.TryGetValue(now.Title, out var was))
                continue;
            if (now.Skipped && !was.Skipped)
                yield return new Fault(pair.Path, now.Line, $"The test `{now.Name}` is skipped now.", $"Let `{now.Name}` run.");
            if (was.Assertions > 0 && now.Assertions == 0)
                yield return new Fault(pair.Path, now.Line, $"The test `{now.Name}` asserts nothing any more.", $"Restore the assertions of `{now.Name}`.");
            else if (now.Assertions < was.Assertions)
                yield return new Fault(pair.Path, now.Line,
                    $"The test `{now.Name}` has {now.Assertions} assertions; it had {was.Assertions}.",
                    $"Show that `{now.Name}` still proves what it proved.", "fewer-assertions");
        }
    }
}
