using System.Globalization;
using System.Text;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>
/// Turns git's own account of two trees into a <see cref="Change"/>. The account is the output of
/// <see cref="Arguments"/>: object ids and modes, which no attribute, filter or truncation can bend.
/// </summary>
public static class ChangeReader
{
    /// <summary>A side larger than this is not text to a gate: it is measured by its path and mode alone.</summary>
    public const int TextLimit = 1024 * 1024;

    private const int BinaryProbe = 8000;
    private const int SubmoduleMode = 160000;

    /// <summary>What to run git with; its standard output is what the other two methods read.</summary>
    public static IReadOnlyList<string> Arguments(CommitSha from, CommitSha head) =>
        ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-ext-diff", from.Value, head.Value];

    /// <summary>The blobs that <see cref="Read"/> will ask for, each once. A submodule's id names a commit and is left out.</summary>
    public static IReadOnlyList<string> Oids(ReadOnlySpan<byte> raw) =>
        [.. Entries(raw).SelectMany(e => new[] { e.OldBlob, e.NewBlob }).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Reads the change. <paramref name="blob"/> may answer null for an object that was too large to fetch.</summary>
    public static Change Read(
        CommitSha from, CommitSha start, CommitSha head, bool moved, ReadOnlySpan<byte> raw, Func<string, byte[]?> blob)
    {
        var files = Entries(raw).Select(e => File(e, blob)).OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        return new Change(from, start, head, moved, files, new Dictionary<string, IReadOnlyList<Place>>());
    }

    private static ChangedFile File(Entry entry, Func<string, byte[]?> blob)
    {
        var before = entry.OldBlob is { } old ? blob(old) : null;
        var after = entry.NewBlob is { } now ? blob(now) : null;
        return new ChangedFile(
            entry.Path, entry.Status, entry.OldMode, entry.NewMode, Text(before), Text(after), IsBinary(before) || IsBinary(after));
    }

    private static bool IsBinary(byte[]? bytes) => bytes.AsSpan(0, Math.Min(bytes?.Length ?? 0, BinaryProbe)).Contains((byte)0);

    private static string? Text(byte[]? bytes) => bytes switch
    {
        null => null,
        { Length: > TextLimit } => null,
        _ when IsBinary(bytes) => null,
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
        _ => Encoding.UTF8.GetString(bytes),
    };

    private static List<Entry> Entries(ReadOnlySpan<byte> raw)
    {
        var parts = Encoding.UTF8.GetString(raw).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length % 2 != 0)
            throw new FormatException("git diff-tree ended in the middle of an entry");
        return [.. parts.Chunk(2).Select(pair => Parse(pair[0], pair[1]))];
    }

    private static Entry Parse(string meta, string path)
    {
        if (meta.Split(' ') is not [[':', .. var oldMode], var newMode, var oldOid, var newOid, [var status, ..]])
            throw new FormatException($"'{meta}' is not an entry of git diff-tree --raw");
        var (before, after) = (Mode(oldMode), Mode(newMode));
        return new Entry(path, status switch
        {
            'A' => FileStatus.Added,
            'D' => FileStatus.Deleted,
            'M' or 'T' => FileStatus.Modified,
            _ => throw new FormatException($"'{status}' is no status that git diff-tree gives without renames"),
        }, before, after, IsBlob(before) ? oldOid : null, IsBlob(after) ? newOid : null);
    }

    private static int Mode(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var mode)
        ? mode
        : throw new FormatException($"'{digits}' is not a mode");

    private static bool IsBlob(int mode) => mode is not 0 and not SubmoduleMode;

    private sealed record Entry(string Path, FileStatus Status, int OldMode, int NewMode, string? OldBlob, string? NewBlob);
}
