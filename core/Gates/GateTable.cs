namespace Muster.Core.Gates;

/// <summary>What a gate found, before policy says what that means.</summary>
/// <param name="Kind">Narrows the rule where its findings do not weigh the same, for example <c>net-deletion</c>.</param>
internal sealed record Fault(string? File, int? Line, string Says, string Fix, string? Kind = null);

internal sealed record Gate(string Name, Func<GateInput, IEnumerable<Fault>> Check);

/// <summary>The gates and their order, which is the order a person reads the findings in.</summary>
internal static class GateTable
{
    public static IReadOnlyList<Gate> All { get; } =
    [
        new(NoChange.Rule, NoChange.Check),
        new(TargetMissing.Rule, TargetMissing.Check),
        new(OutOfScope.Rule, OutOfScope.Check),
        new(ProtectedPath.Rule, ProtectedPath.Check),
        new(Symlink.Rule, Symlink.Check),
        new(Submodule.Rule, Submodule.Check),
        new(Destruction.Rule, Destruction.Check),
        new(TestsWeakened.Rule, TestsWeakened.Check),
        new(ExtraTests.Rule, ExtraTests.Check),
        new(Acceptance.Rule, Acceptance.Check),
    ];
}
