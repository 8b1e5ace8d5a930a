using Muster.Core.Gates.Code;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>
/// Whether a change takes away what others still need. Removing is ordinary work, so it blocks only where the evidence
/// is plain: a name that is gone and still used, or a function that kept its name and lost its substance.
/// </summary>
public static class Destruction
{
    public const string Rule = "destruction";

    /// <summary>
    /// Names that the change removes and that may be used elsewhere. Whoever holds the objects looks them up at head
    /// and fills in <see cref="Change.References"/> before the gates run; <see cref="ReferenceReader"/> says how.
    /// </summary>
    public static IReadOnlyList<string> RemovedNames(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return [.. RemovedSymbol.In(new ChangedCode(change)).Select(r => r.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    internal static IEnumerable<Fault> Check(GateInput input) =>
        [.. Unreadable(input), .. RemovedButUsed.Check(input), .. Stubs.Check(input), .. RemovedQuietly.Check(input), .. NetDeletion.Check(input)];

    // Source that no gate can read any more is gone as far as anyone can prove.
    private static IEnumerable<Fault> Unreadable(GateInput input) =>
    [
        .. from file in input.Change.Files
           where file is { Status: FileStatus.Modified, Before: not null, After: null, Binary: true } && Families.Of(file.Path) is not null
           select new Fault(file.Path, null, $"`{file.Path}` was text and is binary now.", "Restore the file as text."),
        .. input.Code.Unreadable.Select(path => new Fault(
            path, null, $"`{path}` cannot be read as source: it nests deeper than any hand would.", "Write it flatter, or leave it out.")),
    ];
}
