using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;

namespace Muster.App.Intake;

/// <summary>A stored delivery that nobody has looked at yet.</summary>
internal sealed record DeliveryRow
{
    public string Id { get; init; } = "";

    public string Event { get; init; } = "";

    public byte[] Payload { get; init; } = [];

    public int Attempts { get; init; }
}

internal static class DeliveryRows
{
    /// <summary>The oldest delivery that may be looked at now.</summary>
    public static DeliveryRow? Due(SqliteConnection db, DateTimeOffset now) => db.QueryFirstOrDefault<DeliveryRow>(
        """
        SELECT id, event, payload, attempts FROM deliveries
        WHERE state = 'new' AND (next_at IS NULL OR next_at <= @now) ORDER BY received_at, rowid LIMIT 1
        """,
        new { now });

    /// <summary>Whether somebody's label in this repository has not been looked at yet. Our own labels are no news.</summary>
    public static bool AnyNewLabel(SqliteConnection db, RepoId repo) => db.ExecuteScalar<long>(
        "SELECT count(*) FROM deliveries WHERE state = 'new' AND repo = @repo AND action = 'labeled' AND coalesce(sender, '') NOT LIKE '%[bot]'",
        new { repo = repo.Value }) > 0;

    public static void Close(SqliteConnection db, string id, string state, string? note) =>
        db.Execute("UPDATE deliveries SET state = @state, note = @note WHERE id = @id", new { id, state, note });

    public static void Postpone(SqliteConnection db, string id, string why, DateTimeOffset until) =>
        db.Execute("UPDATE deliveries SET attempts = attempts + 1, note = @why, next_at = @until WHERE id = @id", new { id, why, until });
}
