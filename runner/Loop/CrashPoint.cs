using System.Diagnostics;

namespace Muster.Runner.Loop;

/// <summary>
/// Named points where a proof can have this process killed as a power cut would, nothing flushed and nothing said.
/// Inert unless a setting names one.
/// </summary>
public sealed class CrashPoint(string? at)
{
    public void Here(string name)
    {
        if (name == at)
            Process.GetCurrentProcess().Kill();
    }
}
