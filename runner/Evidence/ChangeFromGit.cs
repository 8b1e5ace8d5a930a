using System.Globalization;
using System.Text;
using Muster.Core;
using Muster.Core.Gates;
using Muster.Core.Wire;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Evidence;

/// <summary>Reads a change out of the host's own repository, as objects and never as a text diff.</summary>
public sealed class ChangeFromGit(HostGit git)
{
    private const long AllBlobs = 256L * 1024 * 1024;

    public async Task<Change> ReadAsync(string repository, CommitSha from, CommitSha start, MadeCommit made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        var raw = (await git.RunAsync(repository, ChangeReader.Arguments(from, made.Head), null, cancellationToken)).Output;
        var blobs = await BlobsAsync(repository, ChangeReader.Oids(raw), cancellationToken);
        var change = ChangeReader.Read(from, start, made.Head, made.Moved, raw, oid => blobs.GetValueOrDefault(oid));
        var names = Destruction.RemovedNames(change);
        return names.Count == 0 ? change : await WithReferencesAsync(repository, change, names, cancellationToken);
    }

    private async Task<Change> WithReferencesAsync(
        string repository, Change change, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var call = new GitCall { Input = Encoding.UTF8.GetBytes(string.Join('\n', names) + "\n"), OutputLimit = AllBlobs };
        var found = await git.TryAsync(repository, ReferenceReader.Arguments(change.Head), call, cancellationToken);
        return found.ExitCode is 0 or 1
            ? ReferenceReader.Fill(change, found.Output)
            : throw new GitException($"git grep failed with exit code {found.ExitCode}: {found.Errors}");
    }

    private async Task<Dictionary<string, byte[]>> BlobsAsync(string repository, IReadOnlyList<string> oids, CancellationToken cancellationToken)
    {
        if (oids.Count == 0)
            return [];
        var sizes = await git.RunAsync(
            repository, ["cat-file", "--batch-check=%(objectname) %(objectsize)"], new GitCall { Input = Lines(oids) }, cancellationToken);
        var small = sizes.Text.Split('\n')
            .Select(line => line.Split(' '))
            .Where(f => f.Length == 2 && long.Parse(f[1], CultureInfo.InvariantCulture) <= ChangeReader.TextLimit)
            .Select(f => f[0])
            .ToList();
        var call = new GitCall { Input = Lines(small), OutputLimit = AllBlobs };
        return Parse((await git.RunAsync(repository, ["cat-file", "--batch"], call, cancellationToken)).Output);
    }

    // "<oid> blob <size>\n<bytes>\n", again and again.
    private static Dictionary<string, byte[]> Parse(byte[] batch)
    {
        var blobs = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var at = 0; at < batch.Length;)
        {
            var end = at + batch.AsSpan(at).IndexOf((byte)'\n');
            var head = Encoding.ASCII.GetString(batch, at, end - at).Split(' ');
            var size = int.Parse(head[2], CultureInfo.InvariantCulture);
            blobs[head[0]] = batch[(end + 1)..(end + 1 + size)];
            at = end + 1 + size + 1;
        }

        return blobs;
    }

    private static byte[] Lines(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Concat(lines.Select(l => l + "\n")));
}
