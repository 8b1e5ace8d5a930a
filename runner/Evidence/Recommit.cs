using System.Text;
using Muster.Core;
using Muster.Core.Wire;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Evidence;

/// <summary>The one commit that may be pushed, and whether it holds any work.</summary>
public sealed record MadeCommit(CommitSha Head, bool Moved);

/// <summary>
/// Makes one new commit from the final tree, so that what an agent committed on the way (a secret that it removed again,
/// a message, a forged author) stays behind. Everything in it is given: the same tree makes the same commit id.
/// </summary>
public sealed class Recommit(HostGit git)
{
    private const string Name = "Muster";
    private const string Email = "muster@users.noreply.github.com";

    public async Task<MadeCommit> MakeAsync(
        string evidence, CommitSha taken, CommitSha start, CommitRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var trees = await git.RunAsync(evidence, ["rev-parse", $"{taken}^{{tree}}", $"{start}^{{tree}}"], null, cancellationToken);
        if (trees.Text.Split('\n') is not [var tree, var before])
            throw new GitException($"git rev-parse answers '{trees.Text}'");
        var date = FormattableString.Invariant($"{recipe.UnixSeconds} +0000");
        var call = new GitCall
        {
            Input = Encoding.UTF8.GetBytes(recipe.Message),
            Environment = new Dictionary<string, string>
            {
                ["GIT_AUTHOR_NAME"] = Name,
                ["GIT_AUTHOR_EMAIL"] = Email,
                ["GIT_AUTHOR_DATE"] = date,
                ["GIT_COMMITTER_NAME"] = Name,
                ["GIT_COMMITTER_EMAIL"] = Email,
                ["GIT_COMMITTER_DATE"] = date,
            },
        };
        var made = await git.RunAsync(evidence, ["commit-tree", "-p", start.Value, "-F", "-", tree], call, cancellationToken);
        return new MadeCommit(new CommitSha(made.Text), tree != before);
    }
}
