namespace Muster.Runner.Sandbox;

/// <summary>
/// A passwd and a group file that know one user only, because some programs die where nobody is anybody, and a hosts file
/// that knows the sandbox itself only: without one, not even localhost has an address.
/// </summary>
public sealed record UserFiles(string Passwd, string Group, string Hosts)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const string Names = "127.0.0.1 localhost muster\n::1 localhost ip6-localhost ip6-loopback\n";

    private static int s_count;

    public static UserFiles Write(string folder, SlotUser user)
    {
        var files = new UserFiles(
            Path.Combine(folder, $"{user.Uid}.passwd"), Path.Combine(folder, $"{user.Uid}.group"), Path.Combine(folder, $"{user.Uid}.hosts"));
        Put(files.Passwd, $"agent:x:{user.Uid}:{user.Gid}:agent:/tmp:/bin/sh\n");
        Put(files.Group, $"agent:x:{user.Gid}:\n");
        Put(files.Hosts, Names);
        return files;
    }

    // Through a second name: where slots share a user, living sandboxes read what the next one writes.
    private static void Put(string path, string text)
    {
        var half = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
        File.WriteAllText(half, text);
        File.SetUnixFileMode(half, Readable);
        File.Move(half, path, overwrite: true);
    }
}
