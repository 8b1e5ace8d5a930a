using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;

namespace Muster.App.Queues;

/// <summary>
/// The embedded doorbell: a row a job. It says where to look; the job's row says what is true. A bell that was shown
/// to one runner is hidden from the others for a moment, and comes back if nobody claims.
/// </summary>
internal static class Bells
{
    private static readonly TimeSpan Hidden = TimeSpan.FromSeconds(10);

    public static void Ring(SqliteConnection db, JobId job, Epoch epoch, DateTimeOffset visible) => db.Execute(
        "INSERT OR REPLACE INTO bells(job, epoch, visible_at) VALUES (@job, @epoch, @visible)",
        new { job = job.Value, epoch = epoch.Value, visible });

    public static void Silence(SqliteConnection db, JobId job) => db.Execute("DELETE FROM bells WHERE job = @job", new { job = job.Value });

    public static void Hide(SqliteConnection db, JobId job, DateTimeOffset now) =>
        db.Execute("UPDATE bells SET visible_at = @until WHERE job = @job", new { job = job.Value, until = now + Hidden });

    public static IReadOnlyList<JobId> Ringing(SqliteConnection db, DateTimeOffset now) =>
        [.. db.Query<long>("SELECT job FROM bells WHERE visible_at <= @now ORDER BY job", new { now }).Select(id => new JobId(id))];

    /// <summary>Queued jobs whose bell is gone: the reconciler rings again.</summary>
    public static IReadOnlyList<(JobId Job, Epoch Epoch)> Unrung(SqliteConnection db) =>
        [.. db.Query<(long Id, int Epoch)>("SELECT id, epoch FROM jobs WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM bells WHERE job = jobs.id)")
            .Select(row => (new JobId(row.Id), new Epoch(row.Epoch)))];
}
