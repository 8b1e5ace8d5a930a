using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>A living sandbox: what it says, how to end it, and when nothing of it is alive.</summary>
public sealed class SandboxRun : IAsyncDisposable
{
    private readonly RunningProcess _process;
    private readonly Enclosure _enclosure;

    internal SandboxRun(RunningProcess process, Enclosure enclosure)
    {
        (_process, _enclosure) = (process, enclosure);
        Completion = CompleteAsync();
    }

    public BoundedOutput Output => _process.Output;

    public BoundedOutput Errors => _process.Errors;

    /// <summary>Ends when nothing in the sandbox is alive.</summary>
    public Task<SandboxEnd> Completion { get; }

    /// <summary>Ends everything inside. <see cref="Completion"/> says when that is so.</summary>
    public void Kill()
    {
        _enclosure.Kill(_process.Id);
        _process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Completion;
        _process.Dispose();
    }

    private async Task<SandboxEnd> CompleteAsync() => await _enclosure.EndAsync(await _process.Completion);
}

/// <summary>What keeps a run's processes together, so that all of them can be ended.</summary>
internal abstract class Enclosure
{
    public abstract void Kill(int outer);

    /// <summary>Comes back when nothing of the run is alive.</summary>
    public abstract Task<SandboxEnd> EndAsync(ProcessEnd end);
}
