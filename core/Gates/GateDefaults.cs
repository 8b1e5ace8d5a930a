using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>
/// What each kind of finding does where the policy says nothing. A rule blocks; a kind of finding that a good change
/// may well contain asks instead. The policy names a rule (<c>destruction</c>) or one kind (<c>destruction/net-deletion</c>).
/// </summary>
public static class GateDefaults
{
    private static readonly Dictionary<string, GateAction> Softer = new(StringComparer.Ordinal)
    {
        ["destruction/net-deletion"] = GateAction.AskReviewer,
        ["destruction/removed"] = GateAction.AskReviewer,
        ["destruction/shrunk"] = GateAction.AskReviewer,
        ["tests-weakened/fewer-assertions"] = GateAction.AskReviewer,
        ["acceptance/unproven-test"] = GateAction.AskReviewer,
        ["extra-tests/open-contract"] = GateAction.AskReviewer,
        ["protected-path/named"] = GateAction.AskPerson,
    };

    /// <summary>Every rule a policy may name, in the order they run.</summary>
    public static IReadOnlyList<string> Rules { get; } = [.. GateTable.All.Select(gate => gate.Name)];

    /// <summary>Every kind a policy may name beside the rules, written <c>rule/kind</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Softer.Keys];

    /// <summary>The policy's word on the kind, else the milder of its word on the rule and the kind's own default.</summary>
    public static GateAction Action(GateRules rules, string rule, string? kind)
    {
        var key = $"{rule}/{kind}";
        if (kind is not null && rules.Actions.TryGetValue(key, out var exact))
            return exact;
        return Milder(rules.For(rule), kind is null ? GateAction.Block : Softer.GetValueOrDefault(key, GateAction.Block));
    }

    // The enum goes from the strictest to the mildest.
    private static GateAction Milder(GateAction one, GateAction other) => one > other ? one : other;
}
