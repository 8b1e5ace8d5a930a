using Muster.Core;
using Muster.Core.Wire;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Agents;

/// <summary>Finishes the text for an agent's standard input: where a reviewer's brief has the mark, the diff goes.</summary>
public sealed class Brief(HostGit git)
{
    private const int DiffLimit = 1024 * 1024;

    public async Task<string> FinishAsync(JobOrder order, string mirror, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        // The last one is ours: the text, which could hold the same line, stands before it.
        var lines = order.Brief.Split('\n');
        var mark = Array.LastIndexOf(lines, JobOrder.DiffMark);
        if (order.Kind != JobKind.Review || mark < 0)
            return order.Brief;
        lines[mark] = await DiffAsync(mirror, order.Base, order.Start, cancellationToken);
        return string.Join('\n', lines);
    }

    // A bare repository reads no .gitattributes, so nothing in the change can hide a file from this text.
    private async Task<string> DiffAsync(string mirror, CommitSha from, CommitSha to, CancellationToken cancellationToken)
    {
        var call = new GitCall { OutputLimit = 64 * 1024 * 1024 };
        var diff = (await git.RunAsync(
            mirror,
            ["diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "--unified=3", from.Value, to.Value],
            call,
            cancellationToken)).Output;
        var text = System.Text.Encoding.UTF8.GetString(diff, 0, Math.Min(diff.Length, DiffLimit)).TrimEnd('\n');
        return diff.Length <= DiffLimit
            ? text
            : $"{text}\n[The diff has {diff.Length} bytes; the rest is left out. Read the files in your working directory.]";
    }
}
