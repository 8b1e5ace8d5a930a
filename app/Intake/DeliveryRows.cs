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
    /// <summary>The oldest new deliveries, in the order in which they came.</summary>
    public static IReadOnlyList<DeliveryRow> New(SqliteConnection db, int most) => db.Query<DeliveryRow>(
        "SELECT id, event, payload, attempts FROM deliveries WHERE state = 'new' ORDER BY received_at, rowid LIMIT @most", new { most }).AsList();

    /// <summary>Whether a delivery of this repository has not been looked at yet: what it says may already be on its way.</summary>
    public static bool AnyNew(SqliteConnection db, RepoId repo) =>
        db.ExecuteScalar<long>("SELECT count(*) FROM deliveries WHERE state = 'new' AND repo = @repo", new { repo = repo.Value }) > 0;

    public static void Close(SqliteConnection db, string id, string state, string? note) =>
        db.Execute("UPDATE deliveries SET state = @state, note = @note WHERE id = @id", new { id, state, note });

    public static void Postpone(SqliteConnection db, string id, string why) =>
        db.Execute("UPDATE deliveries SET attempts = attempts + 1, note = @why WHERE id = @id", new { id, why });
}
