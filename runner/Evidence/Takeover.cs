using Muster.Core;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Evidence;

/// <summary>
/// Fetches what an ended agent left. A second sandbox on the same workspace adds everything and writes a bundle; it
/// works with a repository of its own, so no configuration, hook or filter that the agent left is ever read.
/// </summary>
public sealed class Takeover(Sandboxes sandboxes)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // The agent's index goes first: it knows what was added by force and spares hashing the tree again. Whatever is
    // wrong with it, the second way depends on nothing that the agent wrote but the files themselves.
    private const string Script =
        """
        set -u
        work=$1 hand=$2 agent=$3 start=$4 objects=$5
        cd "$work" || exit 1
        # git passes over a folder that it may not enter, and says nothing that its exit code would show.
        closed=$(find . \( -type d ! -perm -u=rwx -o -type f ! -perm -u=r \) -print -quit 2>/dev/null)
        [ -z "$closed" ] || chmod -R u+rwX . 2>/dev/null
        begin() {
          rm -rf "$hand/work.git" "$hand/work.bundle"
          git init --quiet --bare --template= "$hand/work.git" && mkdir -p "$hand/work.git/objects/info" &&
          printf '%s\n' "$@" > "$hand/work.git/objects/info/alternates"
        }
        in_work() { GIT_DIR=$hand/work.git GIT_WORK_TREE=$work git "$@"; }
        bundle() {
          in_work -c core.fsmonitor=false -c core.untrackedCache=false add --all -- . &&
          tree=$(in_work write-tree) &&
          commit=$(in_work commit-tree -m work -p "$start" "$tree" </dev/null) &&
          in_work update-ref refs/heads/work "$commit" &&
          in_work bundle create --quiet "$hand/work.bundle" refs/heads/work "^$start"
        }
        begin "$objects" "$agent/objects" || exit 1
        cp "$agent/worktrees/work/index" "$hand/work.git/index" 2>/dev/null && bundle 2>/dev/null && exit 0
        begin "$objects" && in_work read-tree "$start" && bundle
        """;

    /// <exception cref="TakeoverException">The workspace cannot be added, for example because it is too large.</exception>
    public async Task BundleAsync(JobFolder folder, CommitSha start, string mirror, SlotUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var objects = Path.Combine(mirror, "objects");
        var spec = new SandboxSpec(
            "/bin/sh", ["-c", Script, "takeover", folder.Agent.Work, folder.Hand, folder.Agent.Repository, start.Value, objects])
        {
            WorkingDirectory = "/",
            Environment = new Dictionary<string, string>(SandboxEnvironment.ForGit(folder.Hand))
            {
                ["GIT_AUTHOR_NAME"] = "Agent",
                ["GIT_AUTHOR_EMAIL"] = "agent@localhost",
                ["GIT_COMMITTER_NAME"] = "Agent",
                ["GIT_COMMITTER_EMAIL"] = "agent@localhost",
            },
            Readable = [objects, folder.Agent.Repository],
            Writable = [folder.Agent.Work, folder.Hand],
        };
        var end = await sandboxes.RunAsync(spec, user, Limit, cancellationToken)
            ?? throw new TakeoverException($"adding the workspace took longer than {Limit.TotalMinutes} minutes");
        SandboxFailure.ThrowIfNotStarted(end);
        if (end.ExitCode != 0)
            throw new TakeoverException($"git cannot add what the agent left: {string.Join(' ', end.Errors.LastLines(3))}");
    }
}

/// <summary>What the agent left cannot be taken over; the message says why.</summary>
public sealed class TakeoverException(string message) : Exception(message);
