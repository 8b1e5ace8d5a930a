using Muster.Runner.Configuration;

namespace Muster.Runner.Cli;

/// <summary>Keeps two runners out of one home: each would sweep away the other's jobs.</summary>
public static class HomeLock
{
    /// <returns>Null where the home cannot be had; why was written.</returns>
    public static FileStream? Take(RunnerSettings settings, TextWriter errors)
    {
        return Try(settings, errors, home => new FileStream(home.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>Makes the home's folders without keeping anybody out.</summary>
    /// <returns>False where the home cannot be had; why was written.</returns>
    public static bool Prepare(RunnerSettings settings, TextWriter errors) => Try(settings, errors, home => home) is not null;

    private static T? Try<T>(RunnerSettings settings, TextWriter errors, Func<RunnerHome, T> take)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            settings.Home.Prepare(settings.Sandbox);
            return take(settings.Home);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"muster: Muster__Home {settings.Home.Root} cannot be used: {e.Message} Give each runner a folder of its own that it may write.");
            return null;
        }
    }
}
