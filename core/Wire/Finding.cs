namespace Muster.Core.Wire;

public enum Severity
{
    Blocking,
    Minor,
}

/// <summary>What a reviewing agent claims.</summary>
/// <param name="Confidence">From 0 to 1; below 0.6 it is folded away.</param>
public sealed record Finding(Severity Severity, string? File, int? Line, string Title, string Body, double Confidence);

/// <summary>What a gate found, with the evidence that a person can check.</summary>
/// <param name="Rule">The gate's name, for example <c>destruction</c>.</param>
/// <param name="Says">One sentence: what is wrong.</param>
/// <param name="Fix">One sentence: what would pass.</param>
public sealed record GateFinding(string Rule, GateAction Action, string? File, int? Line, string Says, string Fix);

/// <summary>The outcome of all gates over one change.</summary>
public sealed record GateVerdict(IReadOnlyList<GateFinding> Findings)
{
    public bool Passed => Findings.All(f => f.Action != GateAction.Block);
}
