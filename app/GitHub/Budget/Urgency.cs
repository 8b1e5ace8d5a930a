namespace Muster.App.GitHub.Budget;

/// <summary>What goes first where not everything may go: the most urgent first.</summary>
public enum Urgency
{
    Verdict,
    Pull,
    Retro,
    Progress,

    /// <summary>Labels, reactions, and all that is only read.</summary>
    Background,
}

/// <summary>
/// What the requests of this flow of work are for. Whoever runs an errand has asked before whether it may go, and is
/// told when to come back instead of being kept waiting: behind it may wait something more urgent.
/// </summary>
internal static class Errand
{
    private static readonly AsyncLocal<Urgency?> Flow = new();

    public static Urgency? Current => Flow.Value;

    public static async Task RunAsync(Urgency urgency, Func<Task> work)
    {
        Flow.Value = urgency;
        await work();
    }

    public static async Task<T> RunAsync<T>(Urgency urgency, Func<Task<T>> work)
    {
        Flow.Value = urgency;
        return await work();
    }
}
