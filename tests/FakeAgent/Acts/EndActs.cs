using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FakeAgent.Acts;

/// <summary>Ways to end, and one way not to.</summary>
internal static class EndActs
{
    private static readonly List<PosixSignalRegistration> Ignored = [];

    public static Task<int?> ExitAsync(Act act, Stage stage) => ExitAsync(act, stage, 1);

    public static Task<int?> ExitAsync(Act act, Stage stage, int otherwise)
    {
        stage.Log.Write(ended: true);
        return Task.FromResult<int?>(act.Number("code", otherwise));
    }

    /// <summary>Dies by a signal, without a chance to tidy up.</summary>
    public static async Task<int?> CrashAsync(Act act, Stage stage)
    {
        stage.Log.Write(ended: true);
        using var kill = Process.Start("sh", ["-c", $"kill -s {act.Text("signal", "KILL")} $PPID"]);
        await Task.Delay(Timeout.Infinite);
        return null;
    }

    public static void IgnoreTerm(Act act) =>
        Ignored.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true));
}
