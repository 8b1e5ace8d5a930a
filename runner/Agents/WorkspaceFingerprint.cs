using System.IO.Enumeration;

namespace Muster.Runner.Agents;

/// <summary>Tells whether anything in a folder has changed, without reading a file or following a link.</summary>
public readonly record struct WorkspaceFingerprint(long Entries, long Sum)
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = 0,
    };

    public static WorkspaceFingerprint Take(string folder)
    {
        var entries = new FileSystemEnumerable<long>(folder, Weigh, Everything)
        {
            ShouldRecursePredicate = (ref e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        try
        {
            return entries.Aggregate(default(WorkspaceFingerprint), (f, weight) => new WorkspaceFingerprint(f.Entries + 1, unchecked(f.Sum + weight)));
        }
        catch (IOException)
        {
            // A folder went away while it was looked at: that is a change.
            return new WorkspaceFingerprint(-1, Random.Shared.NextInt64());
        }
    }

    private static long Weigh(ref FileSystemEntry entry) =>
        HashCode.Combine(string.GetHashCode(entry.FileName), entry.LastWriteTimeUtc.Ticks, entry.Length);
}
