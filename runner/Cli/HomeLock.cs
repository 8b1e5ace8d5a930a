using Muster.Runner.Configuration;

namespace Muster.Runner.Cli;

/// <summary>Keeps two runners out of one home: each would sweep away the other's jobs.</summary>
public static class HomeLock
{
    /// <returns>Null where the home cannot be had; why was written.</returns>
    public static FileStream? Take(RunnerSettings settings, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var home = settings.Home;
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            home.Prepare(settings.Sandbox);
            return new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"muster: Muster__Home {home.Root} cannot be used: {e.Message} Give each runner a folder of its own that it may write.");
            return null;
        }
    }
}
