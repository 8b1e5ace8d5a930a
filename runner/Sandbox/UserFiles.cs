namespace Muster.Runner.Sandbox;

/// <summary>A passwd and a group file that know one user only: some programs die where nobody is anybody.</summary>
public sealed record UserFiles(string Passwd, string Group)
{
    public static UserFiles Write(string folder, SlotUser user)
    {
        var files = new UserFiles(Path.Combine(folder, $"{user.Uid}.passwd"), Path.Combine(folder, $"{user.Uid}.group"));
        File.WriteAllText(files.Passwd, $"agent:x:{user.Uid}:{user.Gid}:agent:/tmp:/bin/sh\n");
        File.WriteAllText(files.Group, $"agent:x:{user.Gid}:\n");
        foreach (var file in new[] { files.Passwd, files.Group })
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return files;
    }
}
