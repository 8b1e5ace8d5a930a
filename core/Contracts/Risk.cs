namespace Muster.Core.Contracts;

/// <summary>How much care a change wants. A contract may only raise what the paths say.</summary>
public enum Risk
{
    Low,
    Medium,
    High,
}
