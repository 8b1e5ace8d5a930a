using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Muster.Runner.Processes;

/// <summary>The few calls of the system that .NET has no name for.</summary>
public static partial class Native
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int Kill9 = 9;

    // The two architectures number this flag differently.
    private static int NoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    public static uint UserId => GetEffectiveUser();

    public static uint GroupId => GetEffectiveGroup();

    /// <summary>Gives a file or folder, but never what a link points to, to another user.</summary>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (ChangeLinkOwner(path, user, group) != 0)
            throw new IOException($"{path} cannot be given to uid {user}: {LastError()}");
    }

    /// <summary>Opens for reading without following a link at the last step and without waiting for a pipe's other end.</summary>
    /// <exception cref="IOException">It is not there, it is a link, or it may not be read.</exception>
    public static SafeFileHandle OpenPlain(string path)
    {
        var descriptor = Open(path, ReadOnly | NonBlocking | CloseOnExec | NoFollow);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"{path} cannot be opened: {LastError()}");
    }

    /// <summary>The path without links; null where something on the way is missing or closed to us.</summary>
    public static string? RealPath(string path)
    {
        var resolved = ResolvePath(path, 0);
        if (resolved == 0)
            return null;
        var text = Marshal.PtrToStringUTF8(resolved);
        Free(resolved);
        return text;
    }

    public static void SendKill(int process) => SendSignal(process, Kill9);

    private static string LastError() => new Win32Exception(Marshal.GetLastPInvokeError()).Message;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeLinkOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ResolvePath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
