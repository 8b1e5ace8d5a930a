using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Muster.App.Holds;
using Muster.App.Pumps;
using Muster.App.Runners;
using Muster.App.Settings;
using Muster.App.Telemetry;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Review;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Queues;

/// <summary>Answers a runner that waits for work: with the first ringing job that it can run.</summary>
internal sealed class Doorbell(Ledger ledger, Pulse pulse, AppSettings settings, Timings timings, TimeProvider time)
{
    /// <summary>How long a poll is held open.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(25);

    private readonly byte[] key = SHA256.HashData([.. "muster bell"u8, .. settings.Author.Key.ExportRSAPrivateKey()]);

    public async Task<Bell?> WaitAsync(PollRequest poll, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Hold;
        while (true)
        {
            var beat = pulse.Next;
            if (poll.Free > 0 && await FirstAsync(poll.Info, cancellationToken) is { } bell)
            {
                return bell;
            }

            var left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            // A bell may become visible without a beat: at the end of a delay, or when another runner did not claim.
            await pulse.WaitAsync(beat, left < TimeSpan.FromSeconds(5) ? left : TimeSpan.FromSeconds(5), cancellationToken);
        }
    }

    /// <summary>Whether we rang it: a bell that somebody else made up opens nothing.</summary>
    public bool IsOurs(Bell bell) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Mac(bell.Job, bell.Epoch)),
        Encoding.UTF8.GetBytes(bell.Mac));

    private async Task<Bell?> FirstAsync(RunnerInfo info, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await ledger.ReadAsync(db => Playable(db, info, now), cancellationToken) is not { } job)
        {
            return null;
        }

        await ledger.StepQuietlyAsync(db => { Bells.Hide(db, job.Id, now); return true; }, cancellationToken);
        var due = job.NotBefore ?? job.Created;
        if (job.LostLeases == 0)
        {
            timings.Add("4 queue", time.GetUtcNow() - due);
        }

        return new Bell(RunnerApi.Version, job.Id, job.Epoch, Mac(job.Id, job.Epoch));
    }

    private static Job? Playable(SqliteConnection db, RunnerInfo info, DateTimeOffset now) => Bells.Ringing(db, now)
        .Select(id => Rows.Job(db, id))
        .FirstOrDefault(job => job is { State: JobState.Queued } && !HoldRows.Holds(db, job, now) && Player(db, job, info, now) is not null);

    /// <summary>Who would play the job on this runner.</summary>
    public static AgentInfo? Player(SqliteConnection db, Job job, RunnerInfo info, DateTimeOffset now)
    {
        var contract = Rows.Item(db, job.Item)?.Terms?.Contract;
        var everywhere = RunnerRegistry.AliveAt(db, now).SelectMany(r => r.Agents).ToList();
        return contract is null || !MaySandbox(db, job, info) ? null : Casting.Choose(job.Wanted, contract, info.Agents, everywhere);
    }

    private static bool MaySandbox(SqliteConnection db, Job job, RunnerInfo info) =>
        info.Sandbox || Repositories.Find(db, job.Repo) is { Private: true };

    private string Mac(JobId job, Epoch epoch) =>
        Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{RunnerApi.Version}:{job.Value}:{epoch.Value}")));
}
