using Muster.Core;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Workspaces;

/// <summary>
/// Makes private checkouts. Every job and every side of an acceptance run gets a repository of its own that borrows
/// objects from the mirror: linked worktrees of one shared repository would let jobs run code in each other.
/// </summary>
public sealed class Checkouts(Sandboxes sandboxes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // $1 repository, $2 worktree, $3 commit, then the object folders to borrow from. What `git init` and
    // `git worktree add` would write is written here: a dozen processes less on the way to an agent's start.
    private const string Script =
        """
        set -eu
        repository=$1 work=$2 commit=$3; shift 3
        mkdir -p "$repository/objects/info" "$repository/refs/heads" "$repository/worktrees/work"
        cd "$repository"
        printf '[core]\n\trepositoryformatversion = 0\n\tbare = true\n[user]\n\tname = Agent\n\temail = agent@localhost\n[gc]\n\tauto = 0\n' > config
        printf '%s\n' "$@" > objects/info/alternates
        echo "$commit" > refs/heads/work
        echo 'ref: refs/heads/none' > HEAD
        echo 'ref: refs/heads/work' > worktrees/work/HEAD
        echo ../.. > worktrees/work/commondir
        echo "$work/.git" > worktrees/work/gitdir
        echo "gitdir: $repository/worktrees/work" > "$work/.git"
        cd "$work"
        exec git read-tree --reset -u HEAD
        """;

    /// <summary>Makes the checkout as the slot's user, inside a sandbox: files of the repository may carry anything.</summary>
    /// <param name="objects">Object folders to borrow from.</param>
    /// <exception cref="GitException">The commit cannot be checked out.</exception>
    public async Task MakeAsync(
        Checkout checkout, CommitSha commit, IReadOnlyList<string> objects, SlotUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkout);
        JobFolder.MakeCheckout(checkout, user);
        var spec = new SandboxSpec("/bin/sh", ["-c", Script, "checkout", checkout.Repository, checkout.Work, commit.Value, .. objects])
        {
            WorkingDirectory = "/",
            Environment = SandboxEnvironment.ForGit(checkout.Home),
            Readable = objects,
            Writable = [checkout.Repository, checkout.Work, checkout.Home],
        };
        var end = await sandboxes.RunAsync(spec, user, Limit, cancellationToken);
        if (end is null)
            throw new GitException($"checking out {commit.Abbreviated} took longer than {Limit.TotalMinutes} minutes");
        SandboxFailure.ThrowIfNotStarted(end);
        if (end.ExitCode != 0)
            throw new GitException($"{commit.Abbreviated} cannot be checked out: {end.Errors.ToText().Trim()}");
    }
}
