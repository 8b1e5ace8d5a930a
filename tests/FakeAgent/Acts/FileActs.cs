namespace FakeAgent.Acts;

/// <summary>Files as a whole. A path is taken from the working directory.</summary>
internal static class FileActs
{
    public static void Write(Act act) => Save(act.Text("file"), act.Text("text"));

    public static void Append(Act act)
    {
        var file = act.Text("file");
        Save(file, (File.Exists(file) ? File.ReadAllText(file) : "") + act.Text("text"));
    }

    /// <summary>Exactly one place, or the script does not fit the file that it was written for.</summary>
    public static void Replace(Act act)
    {
        var (file, find) = (act.Text("file"), act.Text("find"));
        var parts = File.ReadAllText(file).Split(find);
        if (parts.Length != 2)
            throw new ScriptException($"replace: the text to find stands {parts.Length - 1} times in {file}, not once");
        Save(file, parts[0] + act.Text("with") + parts[1]);
    }

    public static void Delete(Act act) => File.Delete(act.Text("file"));

    public static void Symlink(Act act)
    {
        MakeFolder(act.Text("file"));
        File.CreateSymbolicLink(act.Text("file"), act.Text("target"));
    }

    /// <summary>Says whether a file can be read: a test of the sandbox, not of the file.</summary>
    public static void Read(Act act)
    {
        try
        {
            Console.WriteLine($"read {act.Text("file")}: {File.ReadAllText(act.Text("file"))}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"read {act.Text("file")}: refused");
        }
    }

    public static void Save(string file, string text)
    {
        MakeFolder(file);
        File.WriteAllText(file, text);
    }

    private static void MakeFolder(string file)
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }
}
