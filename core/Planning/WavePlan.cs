namespace Muster.Core.Planning;

/// <summary>One reason why two issues cannot run side by side; <paramref name="From"/> waits for <paramref name="To"/>.</summary>
/// <param name="Kind"><see cref="WaitKind.Overlap"/> or <see cref="WaitKind.Dependency"/>.</param>
public sealed record PlanEdge(IssueNumber From, IssueNumber To, WaitKind Kind, string Reason);

/// <summary>A place for every issue.</summary>
/// <param name="Width">How many start now.</param>
/// <param name="Bound">The most that could start now if slots were endless, where it was computed; null where it was not.</param>
/// <param name="Edges">Every pair that meets and every dependency, in order of issue numbers.</param>
public sealed record WavePlan(
    IReadOnlyDictionary<IssueNumber, Placement> Placements,
    int Width,
    int? Bound,
    IReadOnlyList<PlanEdge> Edges);
