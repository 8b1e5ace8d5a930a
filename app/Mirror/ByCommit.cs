using System.Collections.Concurrent;
using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Mirror;

/// <summary>Remembers what was read of a commit: it never changes. Only answers are remembered, not their absence.</summary>
internal sealed class ByCommit<T>(int most)
{
    private readonly ConcurrentDictionary<(RepoId, CommitSha), T> known = new();

    public async Task<Answer<T>> GetAsync(RepoId repo, CommitSha commit, Func<Task<Answer<T>>> read)
    {
        if (known.TryGetValue((repo, commit), out var value))
            return new Answer<T>.Ok(value);
        var answer = await read();
        if (answer is Answer<T>.Ok ok)
        {
            // All of it goes at once: a wave works on few commits, and the next wave on others.
            if (known.Count >= most)
                known.Clear();
            known[(repo, commit)] = ok.Value;
        }

        return answer;
    }
}
