using System.Runtime.InteropServices;

namespace Muster.App;

/// <summary>
/// Named places where a proof lets the program die as a power cut would. Inert unless the environment variable
/// <c>Muster__CrashAt</c> names the place.
/// </summary>
internal static partial class CrashPoint
{
    private const int Kill = 9;

    private static readonly string? Armed = Environment.GetEnvironmentVariable("Muster__CrashAt");

    public static void Here(string name)
    {
        if (Armed is not null && Armed == name)
        {
            _ = SendSignal(Environment.ProcessId, Kill);
            new ManualResetEvent(false).WaitOne();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
