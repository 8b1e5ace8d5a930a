using Muster.Runner.Processes;

namespace Muster.Runner.Sandbox;

/// <summary>Gives every slot a user: one each where the runner is root, else the runner's own, which is not root.</summary>
public static class SlotUsers
{
    /// <param name="slot">From 1.</param>
    public static SlotUser Of(int slot, uint baseUid)
    {
        var uid = baseUid + (uint)slot;
        return Native.UserId == 0 ? new SlotUser(uid, uid, Switched: true) : new SlotUser(Native.UserId, Native.GroupId, Switched: false);
    }
}
