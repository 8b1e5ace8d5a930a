namespace Muster.Core.Wire;

/// <summary>A change as git's objects tell it: never a text diff, which attributes and truncation can make lie.</summary>
/// <param name="Base">The commit it is measured against.</param>
/// <param name="Head">The commit that carries it.</param>
/// <param name="Start">The commit work started from; the same tree as head means that nothing was done.</param>
/// <param name="Moved">Whether the tree at head differs from the tree at start.</param>
/// <param name="References">
/// For names that the change removes: the places at head, outside the removal, that still use them. Filled by whoever
/// has the objects; a name that is absent was not looked up.
/// </param>
public sealed record Change(
    CommitSha Base,
    CommitSha Start,
    CommitSha Head,
    bool Moved,
    IReadOnlyList<ChangedFile> Files,
    IReadOnlyDictionary<string, IReadOnlyList<Place>> References);

public enum FileStatus
{
    Added,
    Modified,
    Deleted,
}

/// <summary>One path that differs. Renames are a deletion and an addition.</summary>
/// <param name="OldMode">Git's mode, for example 100644, 120000 for a symlink, 160000 for a submodule; 0 where absent.</param>
/// <param name="Before">The text at base; null where absent, binary or over the size that gates read.</param>
/// <param name="After">The text at head; null as above.</param>
/// <param name="Binary">Whether either side holds a NUL byte in its first 8,000 bytes, as git decides it.</param>
public sealed record ChangedFile(
    string Path,
    FileStatus Status,
    int OldMode,
    int NewMode,
    string? Before,
    string? After,
    bool Binary);

/// <summary>A place in a file, lines from 1.</summary>
public sealed record Place(string File, int Line);
