using Muster.Core.Wire;

namespace Muster.Core.Gates.Code;

/// <summary>A changed file in a language that can be read, before and after.</summary>
internal sealed record CodePair(ChangedFile File, Family Family, CodeFile Before, CodeFile After)
{
    public string Path => File.Path;
}

/// <summary>Every changed file that can be read. A file with a side that is no text is left out: half a comparison would lie.</summary>
internal sealed class ChangedCode
{
    public ChangedCode(Change change) => Pairs =
    [
        .. from file in change.Files
           where Readable(file)
           let family = Families.Of(file.Path)
           where family is not null
           select new CodePair(file, family.Value, CodeFile.Read(family.Value, file.Path, file.Before), CodeFile.Read(family.Value, file.Path, file.After)),
    ];

    public IReadOnlyList<CodePair> Pairs { get; }

    public IEnumerable<CodePair> Of(Family family) => Pairs.Where(p => p.Family == family);

    private static bool Readable(ChangedFile file) =>
        !file.Binary
        && (file.Before is not null || file.Status == FileStatus.Added)
        && (file.After is not null || file.Status == FileStatus.Deleted);
}
