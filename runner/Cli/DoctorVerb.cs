using Muster.Runner.Doctor;
using Muster.Runner.Processes;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Cli;

/// <summary><c>muster doctor</c>: says what keeps this host from working, and what mends it.</summary>
public static class DoctorVerb
{
    public static async Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Startup.Read(errors) is not { } startup)
            return Startup.WrongSettings;
        if (!HomeLock.Prepare(startup.Settings, errors))
            return Startup.WrongSettings;
        using var starter = new StartingThread();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        var sandboxes = new Sandboxes(startup.Settings.Home, starter, TimeProvider.System);
        var failed = 0;
        await foreach (var check in new Checks(startup.Settings, startup.File, sandboxes, http).RunAsync(cancellationToken))
        {
            await output.WriteLineAsync(check.ToString());
            failed += check.Passed ? 0 : 1;
        }

        await output.WriteLineAsync(failed == 0 ? "This runner can work." : $"{failed} to mend.");
        return failed == 0 ? 0 : 1;
    }
}
