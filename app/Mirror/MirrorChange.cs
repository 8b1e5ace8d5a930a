using System.Globalization;
using System.Text;
using Muster.App.GitHub;
using Muster.Core;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.App.Mirror;

/// <summary>Reads a pushed change from our own objects, so that the gates run a second time on what really stands there.</summary>
internal sealed class MirrorChange(Mirrors mirrors)
{
    /// <summary>What head changes against base, through the same reader as a runner. Unknown where the mirror lacks a commit: fetch first.</summary>
    public async Task<Answer<Change>> ReadAsync(RepoRef repo, CommitSha from, CommitSha start, CommitSha head, CancellationToken cancellationToken)
    {
        _ = (GitObjects.Checked(from), GitObjects.Checked(start), GitObjects.Checked(head));
        var raw = await mirrors.RunAsync(repo, ChangeReader.Arguments(from, head), null, cancellationToken);
        var moved = await raw.ThenAsync(async r => (await MovedAsync(repo, start, head, cancellationToken)).Select(m => (r.Output, Moved: m)));
        return await moved.ThenAsync(async m =>
        {
            var blobs = await BlobsAsync(repo, ChangeReader.Oids(m.Output), cancellationToken);
            var change = blobs.Select(found => ChangeReader.Read(from, start, head, m.Moved, m.Output, oid => found.GetValueOrDefault(oid)));
            return await change.ThenAsync(c => WithReferencesAsync(repo, c, cancellationToken));
        });
    }

    private async Task<Answer<bool>> MovedAsync(RepoRef repo, CommitSha start, CommitSha head, CancellationToken cancellationToken) =>
        (await mirrors.RunAsync(repo, ["rev-parse", $"{start.Value}^{{tree}}", $"{head.Value}^{{tree}}"], null, cancellationToken))
        .Select(r => r.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var before, var after] && before != after);

    // Sizes first: a file that no gate reads is not read here either, however large somebody made it.
    private async Task<Answer<IReadOnlyDictionary<string, byte[]?>>> BlobsAsync(RepoRef repo, IReadOnlyList<string> oids, CancellationToken cancellationToken)
    {
        var sizes = await mirrors.RunAsync(
            repo, ["cat-file", "--batch-check=%(objectname) %(objectsize)", "-z"], GitObjects.Names(oids), cancellationToken);
        return await sizes.ThenAsync(r => mirrors.BlobsAsync(
            repo,
            [
                .. from line in r.Text.Split('\n')
                   let parts = line.Split(' ')
                   where parts.Length == 2
                       && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
                       && size <= ChangeReader.TextLimit
                   select parts[0],
            ],
            cancellationToken));
    }

    private async Task<Answer<Change>> WithReferencesAsync(RepoRef repo, Change change, CancellationToken cancellationToken)
    {
        if (Destruction.RemovedNames(change) is not { Count: > 0 } names)
            return new Answer<Change>.Ok(change);

        var input = Encoding.UTF8.GetBytes(string.Concat(names.Select(n => $"{n}\n")));
        // Exit code 1 means that nothing uses them.
        return (await mirrors.RunAsync(repo, ReferenceReader.Arguments(change.Head), input, cancellationToken, good: 1))
            .Select(found => ReferenceReader.Fill(change, found.Output));
    }
}
