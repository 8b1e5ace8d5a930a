using System.Net.Http.Headers;

namespace Muster.App.GitHub;

/// <summary>
/// Answers that GitHub put a tag on. Asked again with the tag, it says that nothing has changed, which costs nothing of
/// the hourly limit. Bounded: what was not asked for longest is forgotten first.
/// </summary>
internal sealed class Remembered
{
    private const int Most = 512;
    private const int LargestBody = 256 * 1024;
    private const int MostBytes = 32 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Scope, Uri Address), LinkedListNode<Entry>> byAddress = [];
    private readonly LinkedList<Entry> newestFirst = new();
    private int bytes;

    public (EntityTagHeaderValue Tag, Reply Reply)? Find(string scope, Uri address)
    {
        lock (gate)
        {
            if (!byAddress.TryGetValue((scope, address), out var node))
                return null;
            newestFirst.Remove(node);
            newestFirst.AddFirst(node);
            return (node.Value.Tag, node.Value.Reply);
        }
    }

    /// <param name="scope">Who asked, and with which rights: another may see something else.</param>
    public void Keep(string scope, Uri address, EntityTagHeaderValue? tag, Reply reply)
    {
        lock (gate)
        {
            if (byAddress.Remove((scope, address), out var old))
                Remove(old);
            if (tag is null || reply.Body.Length > LargestBody)
                return;
            byAddress[(scope, address)] = newestFirst.AddFirst(new Entry(scope, address, tag, reply));
            bytes += reply.Body.Length;
            while (newestFirst.Count > Most || bytes > MostBytes)
            {
                var oldest = newestFirst.Last!;
                byAddress.Remove((oldest.Value.Scope, oldest.Value.Address));
                Remove(oldest);
            }
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        newestFirst.Remove(node);
        bytes -= node.Value.Reply.Body.Length;
    }

    private sealed record Entry(string Scope, Uri Address, EntityTagHeaderValue Tag, Reply Reply);
}
