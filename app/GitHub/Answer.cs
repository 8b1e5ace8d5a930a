namespace Muster.App.GitHub;

/// <summary>
/// What asking GitHub came to. <see cref="Unknown"/> is no answer at all: the act may have happened and the thing may
/// exist, so nothing may be concluded from it and nothing changes state because of it.
/// </summary>
public abstract record Answer<T>
{
    private Answer()
    {
    }

    public sealed record Ok(T Value) : Answer<T>;

    /// <summary>It is not there, or not for us: GitHub does not say which.</summary>
    public sealed record NotFound : Answer<T>;

    /// <summary>GitHub understood and will not.</summary>
    public sealed record Refused(int Status, string Message) : Answer<T>;

    /// <param name="RetryAt">Not to be asked again before; null where GitHub named no time.</param>
    /// <param name="NothingDone">A limit kept the request from being carried out; without it an act may have happened all the same.</param>
    public sealed record Unknown(string Why, DateTimeOffset? RetryAt = null, bool NothingDone = false) : Answer<T>;

    /// <summary>Goes on with the value, where there is one.</summary>
    public Answer<TNext> Then<TNext>(Func<T, Answer<TNext>> next) => this switch
    {
        Ok ok => next(ok.Value),
        NotFound => new Answer<TNext>.NotFound(),
        Refused refused => new Answer<TNext>.Refused(refused.Status, refused.Message),
        Unknown unknown => new Answer<TNext>.Unknown(unknown.Why, unknown.RetryAt, unknown.NothingDone),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public Answer<TNext> Select<TNext>(Func<T, TNext> value) => Then<TNext>(ok => new Answer<TNext>.Ok(value(ok)));

    public async Task<Answer<TNext>> ThenAsync<TNext>(Func<T, Task<Answer<TNext>>> next) =>
        this is Ok ok ? await next(ok.Value) : Then<TNext>(_ => throw new System.Diagnostics.UnreachableException());
}

/// <summary>The value of an act that answers with nothing.</summary>
public readonly record struct Done;
