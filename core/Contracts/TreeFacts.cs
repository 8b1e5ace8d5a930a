namespace Muster.Core.Contracts;

/// <summary>What lint and planner need to know of a repository at one commit.</summary>
/// <param name="Paths">Every file, with <c>/</c> between the parts.</param>
/// <param name="Branches">Every branch, without <c>refs/heads/</c>.</param>
/// <param name="TestNames">Every test name found by <c>TestNames.In</c>; null where nobody looked, and rules about tests stay silent.</param>
public sealed record TreeFacts(
    IReadOnlyList<string> Paths,
    IReadOnlySet<string> Branches,
    IReadOnlySet<string>? TestNames = null)
{
    public static TreeFacts Empty { get; } = new([], new HashSet<string>());
}
