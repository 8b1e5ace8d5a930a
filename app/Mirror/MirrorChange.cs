using System.Text;
using Muster.App.GitHub;
using Muster.Core;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.App.Mirror;

/// <summary>Reads a pushed change from our own objects, so that the gates run a second time on what really stands there.</summary>
internal sealed class MirrorChange(Mirrors mirrors)
{
    public async Task<Answer<Change>> ReadAsync(RepoRef repo, CommitSha from, CommitSha start, CommitSha head, CancellationToken cancellationToken)
    {
        var raw = await mirrors.RunAsync(repo, ChangeReader.Arguments(from, head), null, cancellationToken);
        var moved = await raw.ThenAsync(async r => (await MovedAsync(repo, start, head, cancellationToken)).Select(m => (r.Output, Moved: m)));
        return await moved.ThenAsync(async m =>
        {
            var blobs = await mirrors.BlobsAsync(repo, ChangeReader.Oids(m.Output), cancellationToken);
            var change = blobs.Select(found => ChangeReader.Read(from, start, head, m.Moved, m.Output, oid => found.GetValueOrDefault(oid)));
            return await change.ThenAsync(c => WithReferencesAsync(repo, c, cancellationToken));
        });
    }

    private async Task<Answer<bool>> MovedAsync(RepoRef repo, CommitSha start, CommitSha head, CancellationToken cancellationToken) =>
        (await mirrors.RunAsync(repo, ["rev-parse", $"{start.Value}^{{tree}}", $"{head.Value}^{{tree}}"], null, cancellationToken))
        .Select(r => r.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var before, var after] && before != after);

    private async Task<Answer<Change>> WithReferencesAsync(RepoRef repo, Change change, CancellationToken cancellationToken)
    {
        if (Destruction.RemovedNames(change) is not { Count: > 0 } names)
        {
            return new Answer<Change>.Ok(change);
        }

        var input = Encoding.UTF8.GetBytes(string.Concat(names.Select(n => $"{n}\n")));
        // Exit code 1 means that nothing uses them.
        return (await mirrors.RunAsync(repo, ReferenceReader.Arguments(change.Head), input, cancellationToken, good: 1))
            .Select(found => ReferenceReader.Fill(change, found.Output));
    }
}
