using System.Runtime.InteropServices;
using Muster.Demo;

if (args is ["--help" or "-h" or "help", ..])
{
    Console.WriteLine(DemoOptions.Usage);
    return 0;
}

if (DemoOptions.Read(args, out var fault) is not { } options)
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine(DemoOptions.Usage);
    return 2;
}

using var asked = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // What was started is ended in order; a second signal ends this at once.
    signal.Cancel = !asked.IsCancellationRequested;
    asked.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await new Show(options).RunAsync(asked.Token);
