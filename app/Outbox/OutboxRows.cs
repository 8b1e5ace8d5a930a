using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Outbox;

/// <summary>An act outside that is wanted, with what was tried so far.</summary>
internal sealed record OutboxRow
{
    public long Id { get; init; }

    public long Repo { get; init; }

    public long? Wave { get; init; }

    public long? Item { get; init; }

    public string Data { get; init; } = "";

    /// <summary>Rises each time the same wish is renewed; a receipt counts only for the version it was sent for.</summary>
    public long Wanted { get; init; }

    public int Attempts { get; init; }

    public string? Result { get; init; }

    /// <summary>When it was last tried; without a result nobody knows how that ended. Null where GitHub never heard of it.</summary>
    public DateTimeOffset? IntentAt { get; init; }

    /// <summary>The first look after such a try that found nothing.</summary>
    public DateTimeOffset? AbsentAt { get; init; }

    /// <summary>When it was done again after such a try.</summary>
    public DateTimeOffset? DoubtAt { get; init; }

    public Effect Effect => WireJson.Read<Effect>(Data);

    public RepoId RepoId => new(Repo);

    public Receipt? Earlier => Result is null ? null : WireJson.Read<Receipt>(Result);
}

/// <summary>A row that could be done now.</summary>
internal sealed record DueRow
{
    public long Id { get; init; }

    public long Repo { get; init; }

    public string Kind { get; init; } = "";
}

/// <summary>What an effect made or found: its number where GitHub gives one, and what the record needs of it.</summary>
internal sealed record Receipt(long? Number = null, string? Detail = null, CommitSha? Commit = null, string? Author = null, string? Shown = null);

/// <summary>The outbox's rows. A wish is written with the state that wants it; a receipt with the state it leads to.</summary>
internal static class OutboxRows
{
    /// <summary>The effect's kind as it stands in rows, events and the names of crash points.</summary>
    public static string KindOf(Effect effect) =>
        JsonSerializer.SerializeToElement(effect, WireJson.Options).GetProperty("kind").GetString()!;

    /// <summary>Wants an act. The same key again changes nothing, but for acts that are renewed and for dead letters: those are sent anew.</summary>
    public static void Wish(SqliteConnection db, DateTimeOffset now, RepoId repo, WaveId? wave, ItemId? item, Effect effect)
    {
        var renew = effect is Effect.PutStatus or Effect.ChangeLabels or Effect.FileRetro;
        db.Execute(
            $"""
            INSERT INTO outbox(repo, wave, item, kind, key, data, state, next_at)
            VALUES (@repo, @wave, @item, @kind, @key, @data, 'pending', @now)
            ON CONFLICT(key) DO UPDATE SET data = excluded.data, state = 'pending', wanted = wanted + 1, attempts = 0, next_at = excluded.next_at
            WHERE {(renew ? "true" : "outbox.state = 'dead'")}
            """,
            new
            {
                repo = repo.Value,
                wave = wave?.Value,
                item = item?.Value,
                kind = KindOf(effect),
                key = $"{repo}:{effect.Key}",
                data = WireJson.Write(effect),
                now,
            });
    }

    /// <summary>Whether the act was ever wanted.</summary>
    public static bool Knows(SqliteConnection db, RepoId repo, Effect effect) =>
        db.ExecuteScalar<long>("SELECT count(*) FROM outbox WHERE key = @key", new { key = $"{repo}:{effect.Key}" }) > 0;

    /// <summary>
    /// The first row that is due of each kind in each repository: what goes for one goes for all of them. Acts of one
    /// item are done in the order they were wanted: a later one waits while an earlier one is pending.
    /// </summary>
    public static IReadOnlyList<DueRow> Due(SqliteConnection db, DateTimeOffset now) => db.Query<DueRow>(
        """
        SELECT min(id) AS id, repo, kind FROM outbox o
        WHERE state = 'pending' AND next_at <= @now
          AND NOT EXISTS (SELECT 1 FROM repositories r WHERE r.id = o.repo AND r.suspended = 1)
          AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.item = o.item AND e.id < o.id AND e.state = 'pending' AND e.kind NOT IN ('put-status', 'change-labels', 'say-once'))
        GROUP BY repo, kind
        """,
        new { now }).AsList();

    public static OutboxRow Find(SqliteConnection db, long id) =>
        db.QueryFirst<OutboxRow>("SELECT id, repo, wave, item, data, wanted, attempts, result, intent_at, absent_at, doubt_at FROM outbox WHERE id = @id", new { id });

    public static void Intend(SqliteConnection db, long id, DateTimeOffset now) =>
        db.Execute(
            "UPDATE outbox SET intent_at = @now, absent_at = NULL, doubt_at = CASE WHEN intent_at IS NULL OR result IS NOT NULL THEN doubt_at ELSE @now END WHERE id = @id",
            new { id, now });

    /// <summary>The try that was begun did nothing: GitHub said so.</summary>
    public static void Untouched(SqliteConnection db, long id) =>
        db.Execute("UPDATE outbox SET intent_at = NULL, absent_at = NULL WHERE id = @id", new { id });

    /// <summary>Nothing is there, though a try may have made it: looked for once more.</summary>
    public static void Absent(SqliteConnection db, long id, DateTimeOffset first, DateTimeOffset again) =>
        db.Execute("UPDATE outbox SET absent_at = @first, next_at = @again WHERE id = @id", new { id, first, again });

    /// <summary>What was done twice, perhaps.</summary>
    public static IReadOnlyList<OutboxRow> Doubtful(SqliteConnection db, RepoId repo) => db.Query<OutboxRow>(
        "SELECT id, repo, wave, item, data, wanted, attempts, result, doubt_at FROM outbox WHERE repo = @repo AND state = 'done' AND doubt_at IS NOT NULL",
        new { repo = repo.Value }).AsList();

    public static void Certain(SqliteConnection db, long id) => db.Execute("UPDATE outbox SET doubt_at = NULL WHERE id = @id", new { id });

    /// <summary>Done, unless the wish was renewed meanwhile: then it stays due, with what is known by now.</summary>
    public static bool Done(SqliteConnection db, OutboxRow row, Receipt receipt) =>
        db.ExecuteScalar<string>(
            "UPDATE outbox SET result = @result, absent_at = NULL, state = CASE WHEN wanted = @wanted THEN 'done' ELSE 'pending' END WHERE id = @id RETURNING state",
            new { id = row.Id, wanted = row.Wanted, result = WireJson.Write(receipt) }) == "done";

    public static void Later(SqliteConnection db, long id, DateTimeOffset at) =>
        db.Execute("UPDATE outbox SET next_at = @at, attempts = attempts + 1 WHERE id = @id", new { id, at });

    public static void Dead(SqliteConnection db, long id) =>
        db.Execute("UPDATE outbox SET state = 'dead' WHERE id = @id", new { id });

    public static bool IsPending(SqliteConnection db, RepoId repo, string key) =>
        db.ExecuteScalar<long>("SELECT count(*) FROM outbox WHERE key = @key AND state = 'pending'", new { key = $"{repo}:{key}" }) > 0;

    public static bool AnyPending(SqliteConnection db, WaveId wave) =>
        db.ExecuteScalar<long>("SELECT count(*) FROM outbox WHERE wave = @wave AND state = 'pending' AND kind <> 'put-status'", new { wave = wave.Value }) > 0;
}
