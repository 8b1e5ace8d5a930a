using System.Diagnostics;

namespace FakeAgent.Acts;

/// <summary>Ways to take time, or to outlive one's welcome.</summary>
internal static class StayActs
{
    public static async Task<int?> SleepAsync(Act act, Stage stage)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(act.Number("ms", 1000)), TimeProvider.System);
        return null;
    }

    /// <summary>Silent, for ever.</summary>
    public static async Task<int?> StallAsync(Act act, Stage stage)
    {
        stage.Log.Write(ended: false);
        await Task.Delay(Timeout.Infinite);
        return null;
    }

    /// <summary>The same call with the same error, for ever: lively, and getting nowhere.</summary>
    public static async Task<int?> SpinAsync(Act act, Stage stage)
    {
        stage.Log.Write(ended: false);
        while (true)
        {
            Console.WriteLine("""{"type":"tool","call":"cat missing.txt","error":"No such file or directory"}""");
            await Task.Delay(TimeSpan.FromMilliseconds(act.Number("ms", 50)), TimeProvider.System);
        }
    }

    /// <summary>Leaves a process of its own session behind that keeps touching a file; only the end of its namespace ends it.</summary>
    public static async Task<int?> DaemoniseAsync(Act act, Stage stage)
    {
        var file = Path.GetFullPath(act.Text("file", "survivor"));
        using var parent = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", "(while :; do echo alive >> \"$0\"; sleep 0.1; done) </dev/null >/dev/null 2>&1 & echo $!", file])
        {
            RedirectStandardOutput = true,
        }) ?? throw new ScriptException("setsid did not start");
        Console.WriteLine($"daemon: {(await parent.StandardOutput.ReadToEndAsync()).Trim()}");
        await parent.WaitForExitAsync();
        return null;
    }
}
