using System.Text.Json.Serialization;

namespace Muster.Core.Contracts;

/// <summary>What came of reading an issue: a contract, or the reasons why there is none.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Understood), "understood")]
[JsonDerivedType(typeof(Unreadable), "unreadable")]
public abstract record ContractReading
{
    private ContractReading()
    {
    }

    public sealed record Understood(Contract Contract) : ContractReading;

    public sealed record Unreadable(IReadOnlyList<LintProblem> Problems) : ContractReading;
}
