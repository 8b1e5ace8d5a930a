using Muster.Core.Wire;
using Muster.Runner.Processes;
using Muster.Runner.Sandbox;

namespace Muster.Runner.Workspaces;

/// <summary>All that one claim of one job has on disk.</summary>
public sealed record JobFolder(string Root)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const UnixFileMode Readable = Passable | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public Checkout Agent => new(Path.Combine(Root, "agent"));

    /// <summary>Where the agent may leave its end report: outside of its workspace, so that it is never part of the change.</summary>
    public string Out => Path.Combine(Root, "out");

    public string EndReport => Path.Combine(Out, "report.json");

    /// <summary>Where the sandbox that takes over the work leaves its bundle.</summary>
    public string Hand => Path.Combine(Root, "hand");

    public string Bundle => Path.Combine(Hand, "work.bundle");

    /// <summary>The repository that the host owns, and the only one it believes.</summary>
    public string Evidence => Path.Combine(Root, "evidence.git");

    public Checkout Side(CheckoutSide side) => new(Path.Combine(Root, side == CheckoutSide.Base ? "base" : "head"));

    public void Make(SlotUser user)
    {
        Remove();
        Directory.CreateDirectory(Root, Passable);
        Directory.CreateDirectory(Evidence, Readable);
        MakeFor(user, Out, Hand);
    }

    public static void MakeCheckout(Checkout checkout, SlotUser user)
    {
        ArgumentNullException.ThrowIfNull(checkout);
        Directory.CreateDirectory(checkout.Root, Passable);
        MakeFor(user, checkout.Work, checkout.Repository, checkout.Home);
    }

    /// <summary>Removes it, also where an agent left folders that their owner may not enter.</summary>
    public void Remove()
    {
        if (Directory.Exists(Root))
            FolderRemoval.Remove(Root);
    }

    private static void MakeFor(SlotUser user, params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(folder, Private);
            if (user.Switched)
                Native.ChangeOwner(folder, user.Uid, user.Gid);
        }
    }
}

/// <summary>A private repository with one linked worktree, and a home for what runs there.</summary>
public sealed record Checkout(string Root)
{
    public string Work => Path.Combine(Root, "work");

    public string Repository => Path.Combine(Root, "repo.git");

    public string Home => Path.Combine(Root, "home");
}
