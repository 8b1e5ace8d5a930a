namespace Muster.Core.Gates;

/// <summary>
/// Tests nobody asked for: the named ones are the stop condition, and a change that keeps adding more never ends. Where
/// the issue names none, tests are welcome only in files that it lets change.
/// </summary>
internal static class ExtraTests
{
    public const string Rule = "extra-tests";

    public static IEnumerable<Fault> Check(GateInput input)
    {
        var (removed, added) = TestMoves.Of(input.Code);
        var fresh = added.Where(a => !removed.Any(r => TestMoves.IsSame(r.Test, a.Test)));
        return fresh.Where(a => !IsAsked(input, a)).Select(a => Fault(input, a));
    }

    private static bool IsAsked(GateInput input, FoundTest added) => input.Contract.Tests.Count > 0
        ? input.Contract.Tests.Any(name => TestMoves.IsNamed(added.Test, name))
        : input.IsBounded && input.Allows(added.Pair.Path);

    private static Fault Fault(GateInput input, FoundTest added)
    {
        var says = input.Contract.Tests.Count > 0
            ? $"The test `{added.Test.Name}` is none of those the contract names."
            : $"The test `{added.Test.Name}` was not asked for.";
        var open = input.Contract.Tests.Count == 0 && !input.IsBounded;
        return new Fault(added.Pair.Path, added.Test.Line, says, "Take it out, or name it under `tests:`.", open ? "open-contract" : null);
    }
}
