namespace Muster.Core.Waves;

/// <summary>How a job passes between queue and runner. Only the newest epoch may speak for it; time is the app's.</summary>
public static class Leases
{
    /// <summary>A job whose lease was lost this often is given up: something about it kills runners.</summary>
    public const int MostLost = 3;

    /// <summary>Claims by compare-and-set; null where the bell's epoch is no longer the job's, or it is not queued.</summary>
    public static Job? Claim(Job job, Epoch rung, string runner, string agent, string identity, DateTimeOffset now, TimeSpan lease) =>
        job.State == JobState.Queued && job.Epoch == rung && !(job.NotBefore > now)
            ? job with
            {
                State = JobState.Leased,
                Epoch = new Epoch(job.Epoch.Value + 1),
                Runner = runner,
                Agent = agent,
                Identity = identity,
                LeaseEnds = now + lease,
            }
            : null;

    /// <summary>Whether this claim still speaks for the job.</summary>
    public static bool Holds(Job job, string runner, Epoch epoch) =>
        job.State == JobState.Leased && job.Epoch == epoch && job.Runner == runner;

    public static Job Renew(Job job, DateTimeOffset now, TimeSpan lease) => job with { LeaseEnds = now + lease };

    /// <summary>The lease ran out: back to the queue, or dead after too many.</summary>
    public static Job Lose(Job job) => job with
    {
        State = job.LostLeases + 1 >= MostLost ? JobState.Dead : JobState.Queued,
        LostLeases = job.LostLeases + 1,
        Runner = null,
        LeaseEnds = null,
    };

    public static Job Settle(Job job) => job with { State = JobState.Settled, LeaseEnds = null };

    public static Job Kill(Job job) =>
        job.State is JobState.Queued or JobState.Leased ? job with { State = JobState.Dead, LeaseEnds = null } : job;
}
