namespace Muster.Runner.Workspaces;

/// <summary>Removes a tree that somebody else filled: links are unlinked, never followed, and closed folders are opened first.</summary>
public static class FolderRemoval
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            OpenAll(new DirectoryInfo(folder));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void OpenAll(DirectoryInfo folder)
    {
        if (folder.LinkTarget is not null)
            return;
        File.SetUnixFileMode(folder.FullName, Open);
        foreach (var inner in folder.EnumerateDirectories())
            OpenAll(inner);
    }
}
