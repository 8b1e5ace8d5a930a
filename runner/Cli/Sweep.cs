using Muster.Runner.Configuration;
using Muster.Runner.Processes;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Cli;

/// <summary>Clears away what an earlier runner of this home left when it was killed. The home's lock must be held.</summary>
public static class Sweep
{
    public static async Task LeftoversAsync(RunnerHome home, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(home);
        ArgumentNullException.ThrowIfNull(errors);
        // Its sandboxes die with it; one that was just being made may have missed that.
        while (ProcessTable.WithArgument(home.Jobs + "/").Where(IsSandbox).ToList() is { Count: > 0 } left)
        {
            left.ForEach(Native.SendKill);
            await Task.Yield();
        }

        foreach (var folder in Directory.EnumerateDirectories(home.Jobs))
            await RemoveAsync(folder, errors);
        foreach (var file in Directory.EnumerateFiles(home.Running))
            File.Delete(file);
    }

    // Whatever one job left, it must not keep the runner from the next.
    private static async Task RemoveAsync(string folder, TextWriter errors)
    {
        try
        {
            FolderRemoval.Remove(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"muster: {e.Message}. Remove it by hand.");
        }
    }

    // The steps of making a sandbox, one program after the other in the same process.
    private static bool IsSandbox(int id) => ProcessTable.NameOf(id) is "bwrap" or "setpriv" or "prlimit" or "unshare" or "sh";
}
