namespace Muster.Core.Waves;

/// <summary>
/// The labels that an issue carries because of its item: one while it is at work, one when it came to rest, so at most
/// two changes an issue on a clean run.
/// </summary>
public static class StateLabels
{
    public const string Go = "agent:go";
    public const string Queued = "agent:queued";
    public const string Running = "agent:running";
    public const string Ready = "agent:ready";
    public const string NeedsHuman = "agent:needs-human";
    public const string Retro = "agent:retro";

    /// <summary>Labels whose removal by a person means: stop.</summary>
    public static IReadOnlyList<string> State { get; } = [Queued, Running, Ready];

    /// <summary>The change of labels that goes with a step, if any.</summary>
    public static IEnumerable<Effect> Between(Item before, Item after)
    {
        var (old, wanted) = (Of(before), Of(after));
        if (wanted == old || after.State == ItemState.Merged)
        {
            yield break;
        }

        var others = State.Append(NeedsHuman).Where(l => l != wanted).ToList();
        yield return new Effect.ChangeLabels(after.Issue, About(after), wanted is null ? [] : [wanted], others);
    }

    /// <summary>The key of the effect that brings an item's labels up to date.</summary>
    public static string ChangeKey(Item item) => new Effect.ChangeLabels(item.Issue, About(item), [], []).Key;

    private static string About(Item item) => $"{item.Generation}";

    /// <summary>The one state label that fits; null where none does.</summary>
    public static string? Of(Item item) => item switch
    {
        { Attention: not null } => NeedsHuman,
        { State: ItemState.Waiting } => Queued,
        { State: ItemState.Implementing or ItemState.Publishing or ItemState.Judging or ItemState.Fixing } => Running,
        { State: ItemState.Ready } => Ready,
        _ => null,
    };
}
