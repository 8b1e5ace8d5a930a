namespace Muster.App.GitHub;

/// <summary>What time it is at GitHub's, as far as that was learned: it refuses to know an App whose clock is minutes off.</summary>
public sealed class GitHubClock(TimeProvider time)
{
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(10);

    private long ahead;

    public DateTimeOffset Now => time.GetUtcNow() + Ahead;

    /// <summary>How far GitHub's clock is ahead of ours.</summary>
    public TimeSpan Ahead => new(Interlocked.Read(ref ahead));

    /// <summary>Takes the time of an answer that refused who we are; false where that explains nothing.</summary>
    public bool Learn(DateTimeOffset? date)
    {
        if (date is not { } theirs || (theirs - Now).Duration() < SameTime)
            return false;
        Interlocked.Exchange(ref ahead, (theirs - time.GetUtcNow()).Ticks);
        return true;
    }

    /// <summary>Back to our own clock, because GitHub's did not help.</summary>
    public void Forget() => Interlocked.Exchange(ref ahead, 0);
}
