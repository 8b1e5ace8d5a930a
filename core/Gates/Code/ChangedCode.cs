using Muster.Core.Wire;

namespace Muster.Core.Gates.Code;

/// <summary>A changed file in a language that can be read, before and after.</summary>
internal sealed record CodePair(ChangedFile File, Family Family, CodeFile Before, CodeFile After)
{
    public string Path => File.Path;
}

/// <summary>Every changed file that can be read. A file with a side that cannot is left out: half a comparison would lie.</summary>
internal sealed class ChangedCode
{
    public ChangedCode(Change change)
    {
        var (pairs, unreadable) = (new List<CodePair>(), new List<string>());
        foreach (var file in change.Files.Where(HasText))
        {
            if (Families.Of(file.Path) is not { } family || CodeFile.Read(family, file.Path, file.Before) is not { } before)
                continue;
            if (CodeFile.Read(family, file.Path, file.After) is { } after)
                pairs.Add(new CodePair(file, family, before, after));
            else
                unreadable.Add(file.Path);
        }

        (Pairs, Unreadable) = (pairs, unreadable);
    }

    public IReadOnlyList<CodePair> Pairs { get; }

    /// <summary>Files that could be read before the change, or were not there, and cannot be read after it.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    private static bool HasText(ChangedFile file) =>
        !file.Binary
        && (file.Before is not null || file.Status == FileStatus.Added)
        && (file.After is not null || file.Status == FileStatus.Deleted);
}
