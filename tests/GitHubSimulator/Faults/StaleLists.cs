using System.Collections.Concurrent;
using Muster.GitHubSimulator.Serving;

namespace Muster.GitHubSimulator.Faults;

/// <summary>
/// What lists said last, so that a stale one can say it again. A list that nobody has read yet is shown without what is
/// newer than the rule.
/// </summary>
internal sealed class StaleLists
{
    private const int Most = 2000;

    private readonly ConcurrentDictionary<string, Reply> last = new(StringComparer.Ordinal);

    public Reply? Find(string key) => last.GetValueOrDefault(key);

    public void Keep(string key, Reply reply)
    {
        if (last.Count >= Most)
            last.Clear();
        last[key] = reply;
    }

    public void Forget() => last.Clear();
}

/// <summary>Set on a request that is to be answered as of an earlier state.</summary>
internal sealed record StaleView(long Cutoff);
