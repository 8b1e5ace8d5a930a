using Muster.Core;
using Muster.Core.Wire;
using Muster.Runner.Agents;
using Muster.Runner.Configuration;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Evidence;

/// <summary>Runs the acceptance commands on clean checkouts of base and head, in sandboxes without network.</summary>
public sealed class AcceptanceCheck(Sandboxes sandboxes, Checkouts checkouts, RunnerSettings settings, RunnerFile file, TimeProvider clock)
{
    private const int TailLength = 2000;

    public async Task<Core.Wire.Evidence> RunAsync(
        JobOrder order, JobFolder folder, CommitSha head, Placed placed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Contract.Acceptance.Count == 0)
            return Core.Wire.Evidence.None;
        string[] objects = [Path.Combine(placed.Mirror, "objects"), Path.Combine(folder.Evidence, "objects")];
        var runs = new List<AcceptanceRun>();
        foreach (var (side, commit) in new[] { (CheckoutSide.Base, order.Base), (CheckoutSide.Head, head) })
        {
            var checkout = folder.Side(side);
            await checkouts.MakeAsync(checkout, commit, objects, placed.User, cancellationToken);
            foreach (var command in order.Contract.Acceptance)
                runs.Add(await RunOneAsync(command, side, checkout, objects, placed.User, cancellationToken));
        }

        return new Core.Wire.Evidence(runs);
    }

    private async Task<AcceptanceRun> RunOneAsync(
        string command, CheckoutSide side, Checkout checkout, string[] objects, SlotUser user, CancellationToken cancellationToken)
    {
        var spec = new SandboxSpec("/bin/sh", ["-c", command])
        {
            WorkingDirectory = checkout.Work,
            Environment = SandboxEnvironment.For(checkout.Home),
            Readable = [.. objects, .. file.Sandbox.Readable],
            Writable = [checkout.Work, checkout.Repository, checkout.Home, .. file.Sandbox.Writable],
            OutputLimit = 4 * 1024 * 1024,
        };
        var began = clock.GetTimestamp();
        await using var run = await sandboxes.StartAsync(spec, user);
        using var limit = new CancellationTokenSource(settings.AcceptanceLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        await using var killing = either.Token.Register(run.Kill);
        var end = await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        if (!limit.IsCancellationRequested)
            SandboxFailure.ThrowIfNotStarted(end);
        var said = end.Output.ToText() + end.Errors.ToText();
        var count = TestCount.Read(command, said);
        return new AcceptanceRun(
            command,
            side,
            limit.IsCancellationRequested ? null : end.ExitCode,
            count?.Run,
            count?.Passed ?? [],
            clock.GetElapsedTime(began).TotalSeconds,
            VisibleText.Tail(said, TailLength));
    }
}
