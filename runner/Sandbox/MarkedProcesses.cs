using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>
/// The enclosure where the sandbox is switched off: every process of the run inherits one variable and is found by it.
/// A program that clears its environment gets away, which is why only trusted repositories may go without a sandbox.
/// </summary>
internal sealed class MarkedProcesses(string mark) : Enclosure
{
    public const string Variable = "MUSTER_RUN";

    public override void Kill(int outer)
    {
        foreach (var process in ProcessTable.WithVariable(Variable, mark))
            Native.SendKill(process);
    }

    public override async Task<SandboxEnd> EndAsync(ProcessEnd end)
    {
        while (ProcessTable.WithVariable(Variable, mark).Any(id => ProcessTable.Find(id) is { IsAlive: true }))
        {
            Kill(0);
            await Task.Yield();
        }

        return new SandboxEnd(true, end.ExitCode, end.Output, end.Errors);
    }
}
