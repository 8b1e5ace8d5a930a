using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core.Waves;

namespace Muster.App.Outbox;

/// <summary>What an act has to know.</summary>
/// <param name="Key">The effect's key within its repository; markers are made of it.</param>
internal sealed record Act<TEffect>(RepositoryRow Repository, TEffect Effect, Receipt? Earlier, string Key)
    where TEffect : Effect
{
    public RepoRef Target => Repository.Target;
}

/// <summary>Whether an act is already done: yes, no or unknown, and unknown posts nothing.</summary>
internal abstract record Seen
{
    private Seen()
    {
    }

    public sealed record Found(Receipt Receipt) : Seen;

    public sealed record Absent : Seen;

    public sealed record Unknown(string Why, DateTimeOffset? RetryAt = null) : Seen;

    /// <summary>We may not even look: a permission is missing, and asking again does not bring it.</summary>
    public sealed record Refused(string Why) : Seen;

    /// <summary>What a look at GitHub says, in these terms; what is not there at all is absent.</summary>
    public static Seen Of<T>(Answer<T> answer, Func<T, Receipt?> find) => answer switch
    {
        Answer<T>.Ok ok => find(ok.Value) is { } receipt ? new Found(receipt) : new Absent(),
        Answer<T>.Unknown unknown => new Unknown(unknown.Why, unknown.RetryAt),
        Answer<T>.Refused refused => new Refused($"GitHub refuses to show it ({refused.Status}): {refused.Message}"),
        _ => new Absent(),
    };
}

/// <summary>What came of an act.</summary>
internal abstract record Acted
{
    private Acted()
    {
    }

    public sealed record Made(Receipt Receipt) : Acted;

    /// <summary>It may or may not have happened: the probe will tell.</summary>
    /// <param name="NothingDone">GitHub certainly did not carry it out.</param>
    public sealed record Unknown(string Why, DateTimeOffset? RetryAt = null, bool NothingDone = false) : Acted;

    /// <summary>GitHub will not, and will not the next time either.</summary>
    public sealed record Refused(string Why) : Acted;

    public static Acted Of<T>(Answer<T> answer, Func<T, Receipt> receipt) => answer switch
    {
        Answer<T>.Ok ok => new Made(receipt(ok.Value)),
        Answer<T>.Unknown unknown => new Unknown(unknown.Why, unknown.RetryAt, unknown.NothingDone),
        Answer<T>.Refused refused => new Refused($"GitHub refused ({refused.Status}): {refused.Message}"),
        _ => new Refused("It is not there any more, or not for us."),
    };
}

/// <summary>One kind of effect: how to see whether it is done, and how to do it.</summary>
internal interface IEffectActor
{
    Type Kind { get; }

    Task<Seen> ProbeAsync(RepositoryRow repository, OutboxRow row, CancellationToken cancellationToken);

    Task<Acted> ApplyAsync(RepositoryRow repository, OutboxRow row, CancellationToken cancellationToken);

    /// <summary>Whether doing it twice would leave two of it.</summary>
    bool Makes(OutboxRow row);

    /// <summary>Takes away what stands there twice; false where nobody could say whether it does.</summary>
    Task<bool> TidyAsync(RepositoryRow repository, OutboxRow row, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IEffectActor"/>
internal abstract class EffectActor<TEffect> : IEffectActor
    where TEffect : Effect
{
    public Type Kind => typeof(TEffect);

    public Task<Seen> ProbeAsync(RepositoryRow repository, OutboxRow row, CancellationToken cancellationToken) =>
        ProbeAsync(ActOf(repository, row), cancellationToken);

    public Task<Acted> ApplyAsync(RepositoryRow repository, OutboxRow row, CancellationToken cancellationToken) =>
        ApplyAsync(ActOf(repository, row), cancellationToken);

    public virtual bool Makes(OutboxRow row) => true;

    public Task<bool> TidyAsync(RepositoryRow repository, OutboxRow row, CancellationToken cancellationToken) =>
        TidyAsync(ActOf(repository, row), cancellationToken);

    /// <summary>By default there is nothing to take away: GitHub keeps one of it, or shows the newest only.</summary>
    protected virtual Task<bool> TidyAsync(Act<TEffect> act, CancellationToken cancellationToken) => Task.FromResult(true);

    protected abstract Task<Seen> ProbeAsync(Act<TEffect> act, CancellationToken cancellationToken);

    protected abstract Task<Acted> ApplyAsync(Act<TEffect> act, CancellationToken cancellationToken);

    private static Act<TEffect> ActOf(RepositoryRow repository, OutboxRow row)
    {
        var effect = (TEffect)row.Effect;
        return new Act<TEffect>(repository, effect, row.Earlier, effect.Key);
    }
}
