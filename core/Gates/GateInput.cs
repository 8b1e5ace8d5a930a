using Muster.Core.Contracts;
using Muster.Core.Gates.Code;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>All that a gate may look at: the change, what the runner measured, and what was asked for.</summary>
internal sealed class GateInput(Change change, Evidence evidence, Contract contract, GateRules rules)
{
    private readonly Lazy<ChangedCode> code = new(() => new ChangedCode(change));

    public Change Change => change;

    public Evidence Evidence => evidence;

    public Contract Contract => contract;

    /// <summary>What the repository protects beside what is always protected.</summary>
    public Globs Protected { get; } = new(rules.Protected);

    public Globs Scope { get; } = new(contract.Scope);

    /// <summary>The changed files read as code, once for all gates.</summary>
    public ChangedCode Code => code.Value;

    public IReadOnlyList<RemovedSymbol> Removed => field ??= RemovedSymbol.In(Code);

    /// <summary>Whether the issue drew a line around what may change.</summary>
    public bool IsBounded => contract.Scope.Count + contract.Files.Count > 0;

    /// <summary>Whether the contract names this path, by glob or in full.</summary>
    public bool Allows(string path) => Scope.Matches(path) || Names(path);

    public bool Names(string path) => contract.Files.Any(file => Plain(file) == path);

    /// <summary>A path as git writes it.</summary>
    public static string Plain(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
}
