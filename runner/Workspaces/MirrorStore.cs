using System.Collections.Concurrent;
using System.Text;
using Muster.Core.Wire;
using Muster.Runner.Configuration;

namespace Muster.Runner.Workspaces;

/// <summary>One bare repository for each remote one, fetched by one job at a time: parallel fetches lose each other's locks.</summary>
public sealed class MirrorStore(RunnerHome home, HostGit git)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _fetching = new();

    /// <summary>Sees to it that the mirror has both commits of the order, and fetches only if it has not.</summary>
    /// <param name="token">Asked only when there is something to fetch.</param>
    /// <returns>The mirror's folder.</returns>
    /// <exception cref="RemoteException">The remote cannot be reached.</exception>
    /// <exception cref="GitException">It does not give what the order names.</exception>
    public async Task<string> EnsureAsync(JobOrder order, Func<CancellationToken, Task<string?>> token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var mirror = home.Mirror(order);
        var turn = _fetching.GetOrAdd(mirror, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            BareRepository.Write(mirror);
            if (await HasBothAsync(mirror, order, cancellationToken))
                return mirror;
            RemoveLocks(mirror);
            var call = new GitCall { Address = order.CloneUrl, Token = await token(cancellationToken) };
            var fetched = await git.TryAsync(
                mirror,
                ["fetch", "--quiet", "--no-tags", "--prune", "--force", "--no-write-fetch-head", order.CloneUrl, "+refs/heads/*:refs/heads/*"],
                call,
                cancellationToken);
            if (!fetched.Succeeded)
                throw new RemoteException($"{order.Repository} cannot be fetched: {fetched.Errors.Trim()}");
            if (!await HasBothAsync(mirror, order, cancellationToken))
                await git.RunAsync(mirror, ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", order.CloneUrl, order.Base.Value, order.Start.Value], call, cancellationToken);
            return mirror;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<bool> HasBothAsync(string mirror, JobOrder order, CancellationToken cancellationToken)
    {
        var call = new GitCall { Input = Encoding.ASCII.GetBytes($"{order.Base}\n{order.Start}\n") };
        var found = await git.RunAsync(mirror, ["cat-file", "--batch-check=%(objecttype)"], call, cancellationToken);
        return found.Text == "commit\ncommit";
    }

    // We hold the mirror's turn and the home's lock, so a lock file is what a killed git left behind.
    private static void RemoveLocks(string mirror)
    {
        foreach (var stale in Directory.EnumerateFiles(mirror, "*.lock", SearchOption.AllDirectories).ToList())
            File.Delete(stale);
    }
}
