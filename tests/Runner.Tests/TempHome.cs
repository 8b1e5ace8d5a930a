using Muster.Runner.Configuration;
using Muster.Runner.Processes;
using Muster.Runner.Sandbox;
using Muster.Runner.Workspaces;

namespace Muster.Runner.Tests;

/// <summary>A runner's home for one test, below a folder of mode 700 as mktemp makes it, and what lives in there.</summary>
public sealed class TempHome : IDisposable
{
    private static int s_slots;

    public TempHome()
    {
        Folder = Directory.CreateTempSubdirectory("muster-runner-test-").FullName;
        Home = new RunnerHome(Path.Combine(Folder, "home"));
        Home.Prepare();
        // Tests run side by side: a uid each keeps their process limits and kills apart.
        User = SlotUsers.Of(1 + (Interlocked.Increment(ref s_slots) % 500), 21000);
        Starter = new StartingThread();
        Sandboxes = new Sandboxes(Home, Starter, TimeProvider.System);
        Git = new HostGit(Home, "file");
    }

    public string Folder { get; }

    public RunnerHome Home { get; }

    public SlotUser User { get; }

    public StartingThread Starter { get; }

    public Sandboxes Sandboxes { get; }

    public HostGit Git { get; }

    /// <summary>A folder that the slot's user owns.</summary>
    public string OwnFolder(string name)
    {
        var path = Path.Combine(Home.Jobs, name);
        Directory.CreateDirectory(path);
        if (User.Switched)
            Native.ChangeOwner(path, User.Uid, User.Gid);
        return path;
    }

    public async Task<SandboxEnd> ShellAsync(string script, params string[] writable)
    {
        var spec = new SandboxSpec("/bin/sh", ["-c", script])
        {
            WorkingDirectory = writable.FirstOrDefault("/tmp"),
            Environment = SandboxEnvironment.For(writable.FirstOrDefault("/tmp")),
            Writable = writable,
        };
        var end = await Sandboxes.RunAsync(spec, User, TimeSpan.FromSeconds(60), CancellationToken.None);
        return end ?? throw new TimeoutException(script);
    }

    public void Dispose()
    {
        Starter.Dispose();
        FolderRemoval.Remove(Folder);
    }
}
