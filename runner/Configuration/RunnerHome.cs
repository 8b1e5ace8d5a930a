using System.Security.Cryptography;
using System.Text;
using Muster.Core.Wire;

namespace Muster.Runner.Configuration;

/// <summary>The one folder that a runner owns. What lies in it is closed to everybody else; sandboxes are handed single folders out of it.</summary>
public sealed record RunnerHome(string Root)
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Passable = Mine | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Mirrors => Path.Combine(Shared, "mirrors");

    public string Jobs => Path.Combine(Shared, "jobs");

    /// <summary>Small files of living sandboxes.</summary>
    public string Running => Path.Combine(Shared, "running");

    // Closed to everybody, and open inside: one binding of what is inside lets a sandbox be made from all of it.
    private string Closed => Path.Combine(Root, "work");

    private string Shared => Path.Combine(Closed, "open");

    public string Logs => Path.Combine(Root, "logs");

    /// <summary>An empty HOME for the runner's own git.</summary>
    public string Empty => Path.Combine(Root, "empty");

    public string KeyFile => Path.Combine(Root, "runner.key");

    public string IdFile => Path.Combine(Root, "runner.id");

    public string LockFile => Path.Combine(Root, "runner.lock");

    public string Mirror(JobOrder order)
    {
        // Two servers may both have an acme/widgets.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(order.CloneUrl)))[..12];
        return Path.Combine(Mirrors, $"{Plain(order.Repository.Owner)}-{Plain(order.Repository.Name)}-{hash}.git");
    }

    public string Job(JobOrder order) => Path.Combine(Jobs, $"{order.Job}-{order.Epoch}");

    /// <summary>Makes the folders, closed to everybody else. Root may be an operator's own folder, so its mode is left alone.</summary>
    /// <param name="sandbox">Without a sandbox a slot's user walks to its folders himself, so they must let him through.</param>
    public void Prepare(SandboxMode sandbox = SandboxMode.Required)
    {
        Directory.CreateDirectory(Root, sandbox == SandboxMode.Required ? Mine : Passable);
        foreach (var folder in new[] { Logs, Empty })
            Make(folder, Mine);
        Make(Closed, sandbox == SandboxMode.Required ? Mine : Passable);
        foreach (var folder in new[] { Shared, Mirrors, Jobs, Running })
            Make(folder, Passable);
    }

    private static void Make(string folder, UnixFileMode mode)
    {
        Directory.CreateDirectory(folder, mode);
        File.SetUnixFileMode(folder, mode);
    }

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
