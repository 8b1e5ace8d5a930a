using System.Diagnostics;

namespace Muster.Runner.Workspaces;

/// <summary>
/// Removes a tree that somebody else filled: links are unlinked, never followed, and closed folders are opened first.
/// Names that are no UTF-8 and paths longer than the kernel takes at once are beyond .NET, and so are left to rm.
/// </summary>
public static class FolderRemoval
{
    private const string Script =
        """
        find "$1" -type d ! -perm -u=rwx -execdir chmod u+rwx {} \; 2>/dev/null
        exec rm -rf -- "$1"
        """;

    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or ArgumentException)
        {
            RemoveByForce(folder);
        }
    }

    private static void RemoveByForce(string folder)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "remove", folder]) { RedirectStandardError = true, WorkingDirectory = "/" };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        using var removing = Process.Start(start)!;
        var said = removing.StandardError.ReadToEnd();
        removing.WaitForExit();
        if (removing.ExitCode != 0)
            throw new IOException($"{folder} cannot be removed: {said.Split('\n')[0]}");
    }
}
