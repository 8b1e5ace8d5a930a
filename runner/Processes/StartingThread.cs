using System.Collections.Concurrent;

namespace Muster.Runner.Processes;

/// <summary>
/// Starts processes from one thread that lives as long as the runner. A sandbox asks the kernel to end it when its
/// parent ends, and to the kernel the parent is the thread that started it, not the program.
/// </summary>
public sealed class StartingThread : IDisposable
{
    private readonly BlockingCollection<Action> _starts = [];

    public StartingThread()
    {
        new Thread(Run) { IsBackground = true, Name = "sandbox-starter" }.Start();
    }

    public Task<RunningProcess> StartAsync(ProcessSpec spec)
    {
        var started = new TaskCompletionSource<RunningProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        _starts.Add(() =>
        {
            try
            {
                started.SetResult(RunningProcess.Start(spec));
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    public void Dispose() => _starts.CompleteAdding();

    private void Run()
    {
        foreach (var start in _starts.GetConsumingEnumerable())
            start();
    }
}
