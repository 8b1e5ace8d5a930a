namespace Muster.Demo.Staging;

/// <summary>The temporary folder of one stage. Others may walk through it, as a sandbox's user must, but not look around.</summary>
public sealed class StageFolder
{
    private const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Readable = Passable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private StageFolder(string root) => Root = root;

    public string Root { get; }

    public string Logs => Path.Combine(Root, "logs");

    public string RunnerHome => Path.Combine(Root, "runner");

    public string RunnerFile => Path.Combine(Root, "runner.yml");

    public string AppFiles => Path.Combine(Root, "app");

    /// <summary>What the processes take for their HOME.</summary>
    public string Homes => Path.Combine(Root, "homes");

    public string GitHubFiles => Path.Combine(Root, "github");

    public static StageFolder Make(string name)
    {
        var folder = new StageFolder(Directory.CreateTempSubdirectory($"{name}-").FullName);
        File.SetUnixFileMode(folder.Root, Passable);
        // The runner makes its home itself, as it needs it.
        foreach (var inner in new[] { folder.Logs, folder.AppFiles, folder.GitHubFiles, folder.Homes })
        {
            Directory.CreateDirectory(inner, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }

    /// <summary>Copies a published program to where a sandbox's user can read it, whoever owns the project's folder.</summary>
    public string Readably(string published, string name)
    {
        var target = Path.Combine(Root, name);
        Directory.CreateDirectory(target, Readable);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(published)!))
        {
            var copy = Path.Combine(target, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        return Path.Combine(target, Path.GetFileName(published));
    }

    public void Remove()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Already gone, which is what was wanted.
        }
    }
}
