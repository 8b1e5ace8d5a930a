using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>All that a gate may look at: the change, what the runner measured, and what was asked for.</summary>
internal sealed record GateInput(Change Change, Evidence Evidence, Contract Contract);

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
    ];
}
