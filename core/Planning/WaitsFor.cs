namespace Muster.Core.Planning;

public enum WaitKind
{
    Overlap,
    Dependency,
    Capacity,
    Hold,

    /// <summary>Nothing the app can watch will end this.</summary>
    Person,
}

/// <summary>One thing an issue waits for.</summary>
/// <param name="Issue">The issue of this repository it waits for; null for capacity, a hold, or another repository's issue.</param>
/// <param name="Reason">One sentence that names what stands in the way.</param>
/// <param name="Attention">What a person has to do, in one sentence; null where it ends by itself.</param>
public sealed record WaitsFor(IssueNumber? Issue, WaitKind Kind, string Reason, string? Attention = null);
