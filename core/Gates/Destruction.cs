using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>Whether a change takes away what others still need.</summary>
public static class Destruction
{
    public const string Rule = "destruction";

    /// <summary>
    /// Names that the change removes and that may be used elsewhere. Whoever holds the objects looks them up at head
    /// (<see cref="ReferenceReader"/>) and puts the places into <see cref="Change.References"/> before the gates run.
    /// </summary>
    public static IReadOnlyList<string> RemovedNames(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return [];
    }
}
