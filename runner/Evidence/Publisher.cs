using Muster.Core;
using Muster.Core.Wire;
using Muster.Runner.Loop;
using Muster.Runner.Work;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Evidence;

/// <summary>
/// Pushes the one commit, guarded by where the remote branch must stand. A rejection is looked into once: the commit in
/// the way may be this job's own, pushed by an earlier claim that did not live to say so.
/// </summary>
public sealed class Publisher(HostGit git, CrashPoint crash)
{
    private const string JobTrailer = "Muster-Job";

    /// <returns>Null where the commit stands on the branch.</returns>
    public async Task<JobReport.PushRejected?> PublishAsync(
        Prepared job, CommitSha head, Core.Wire.Evidence evidence, GateVerdict gates, JobCalls calls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(calls);
        crash.Here("runner.before-push");
        (CommitSha? Remote, string? Trailer) seen = (null, null);
        for (var again = false; ; again = true)
        {
            var answer = await calls.MayPushAsync(head, evidence, gates, seen.Remote, seen.Trailer, cancellationToken);
            if (!answer.Allowed)
                return new JobReport.PushRejected(seen.Remote, answer.Why ?? "The app does not allow the push.");
            var call = new GitCall { Address = job.Order.CloneUrl, Token = answer.Token };
            var said = await PushAsync(job, head, answer.Expected, call, cancellationToken);
            crash.Here("runner.after-push");
            if (said is null)
                return null;
            seen = await LookAsync(job, call, cancellationToken);
            if (seen.Remote == head)
                return null;
            if (again)
                return new JobReport.PushRejected(seen.Remote, $"The branch {job.Order.Branch} is not where it was expected: {said}");
        }
    }

    private async Task<string?> PushAsync(Prepared job, CommitSha head, CommitSha? expected, GitCall call, CancellationToken cancellationToken)
    {
        var branch = $"refs/heads/{job.Order.Branch}";
        var end = await git.TryAsync(
            job.Folder.Evidence,
            ["push", "--quiet", "--porcelain", $"--force-with-lease={branch}:{expected?.Value}", job.Order.CloneUrl, $"{head}:{branch}"],
            call,
            cancellationToken);
        return end.Succeeded ? null : $"{end.Errors} {end.Text}".Trim();
    }

    private async Task<(CommitSha?, string?)> LookAsync(Prepared job, GitCall call, CancellationToken cancellationToken)
    {
        var (repository, order) = (job.Folder.Evidence, job.Order);
        var branch = $"refs/heads/{order.Branch}";
        var listed = await git.RunAsync(repository, ["ls-remote", order.CloneUrl, branch], call, cancellationToken);
        if (listed.Text.Length < 40)
            return (null, null);
        var remote = new CommitSha(listed.Text[..40]);
        await git.RunAsync(repository, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", order.CloneUrl, $"+{branch}:refs/muster/seen"], call, cancellationToken);
        var trailer = await git.RunAsync(
            repository, ["log", "-1", $"--format=%(trailers:key={JobTrailer},valueonly)", remote.Value], null, cancellationToken);
        return (remote, trailer.Text is { Length: > 0 } text ? text : null);
    }
}
