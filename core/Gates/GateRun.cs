using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>Runs every gate over one change, in a fixed order. The runner does so before it pushes, the app before it believes.</summary>
public static class GateRun
{
    public static GateVerdict Evaluate(Change change, Evidence evidence, Contract contract, GateRules rules)
    {
        var input = new GateInput(change, evidence, contract, rules);
        return new GateVerdict([.. GateTable.All.SelectMany(gate => Findings(gate, input, rules))]);
    }

    private static IEnumerable<GateFinding> Findings(Gate gate, GateInput input, GateRules rules) =>
        from fault in gate.Check(input)
        let action = GateDefaults.Action(rules, gate.Name, fault.Kind)
        where action != GateAction.Off
        select new GateFinding(gate.Name, action, fault.File, fault.Line, fault.Says, fault.Fix);
}
