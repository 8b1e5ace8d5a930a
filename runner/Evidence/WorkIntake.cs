using Muster.Core.Wire;
using Muster.Runner.Work;

namespace Muster.Runner.Evidence;

/// <summary>From what an ended agent left to one commit and its change, in the repository that the host owns.</summary>
public sealed class WorkIntake(Takeover takeover, BundleIntake bundles, Recommit commits, ChangeFromGit changes)
{
    public async Task<(MadeCommit Made, Change Change)> TakeAsync(Prepared job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var (order, folder) = (job.Order, job.Folder);
        var recipe = order.Commit ?? throw new TakeoverException("the order to implement names no commit to make");
        await takeover.BundleAsync(folder, order.Start, job.Placed.Mirror, job.Placed.User, cancellationToken);
        var taken = await bundles.TakeAsync(folder.Bundle, folder.Evidence, job.Placed.Mirror, cancellationToken);
        var made = await commits.MakeAsync(folder.Evidence, taken, order.Start, recipe, cancellationToken);
        var change = await changes.ReadAsync(folder.Evidence, order.Base, order.Start, made, cancellationToken);
        return (made, change);
    }
}
