using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Muster.Runner.Processes;

/// <summary>A started program whose streams are drained from the first moment, whoever reads them.</summary>
public sealed class RunningProcess : IDisposable
{
    // What still holds the pipes after the program has ended is not waited for.
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(2);

    private readonly Process _process;

    private RunningProcess(Process process, ProcessSpec spec)
    {
        _process = process;
        Id = process.Id;
        Output = new BoundedOutput(spec.OutputLimit);
        Errors = new BoundedOutput(spec.OutputLimit);
        Completion = CompleteAsync(spec.Input);
    }

    public int Id { get; }

    public BoundedOutput Output { get; }

    public BoundedOutput Errors { get; }

    /// <summary>Ends when the program has ended; it never fails.</summary>
    public Task<ProcessEnd> Completion { get; }

    /// <exception cref="Win32Exception">There is no such program, or it may not be run.</exception>
    public static RunningProcess Start(ProcessSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var start = new ProcessStartInfo(spec.Executable, spec.Arguments)
        {
            WorkingDirectory = spec.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        return new RunningProcess(Process.Start(start)!, spec);
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends it together with its children, for programs that leave the work to others: git pushes by a helper.</summary>
    public void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException)
        {
            // It, or one of them, has ended already.
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<ProcessEnd> CompleteAsync(ReadOnlyMemory<byte> input)
    {
        var feeding = FeedAsync(input);
        var pumps = Task.WhenAll(
            PumpAsync(_process.StandardOutput.BaseStream, Output),
            PumpAsync(_process.StandardError.BaseStream, Errors),
            feeding);
        await _process.WaitForExitAsync();
        var code = _process.ExitCode;
        await Task.WhenAny(pumps, Task.Delay(Afterwards));
        return new ProcessEnd(code, Output, Errors);
    }

    private async Task FeedAsync(ReadOnlyMemory<byte> input)
    {
        await Task.Yield();
        try
        {
            await using var stream = _process.StandardInput.BaseStream;
            await stream.WriteAsync(input);
            await stream.FlushAsync();
        }
        catch (IOException)
        {
            // It did not want its whole input; that is its own affair.
        }
    }

    private static async Task PumpAsync(Stream stream, BoundedOutput output)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var count)
                output.Write(buffer.AsSpan(0, count));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The stream is gone, and with it whatever it would have said.
        }
    }
}
