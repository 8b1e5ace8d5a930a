using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core.Wire;

namespace Muster.App.Runners;

/// <summary>A runner that enrolled: its key, and what it said of itself when it last asked for work.</summary>
internal sealed record RunnerRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string PublicKey { get; init; } = "";

    public DateTimeOffset? LastSeen { get; init; }

    public string? Info { get; init; }

    public RunnerInfo? RunnerInfo => Info is null ? null : WireJson.Read<RunnerInfo>(Info);
}

internal static class RunnerRegistry
{
    /// <summary>A runner that has not asked for so long is not counted on.</summary>
    public static readonly TimeSpan Alive = TimeSpan.FromSeconds(90);

    public static void Enrol(SqliteConnection db, DateTimeOffset now, string id, EnrolRequest request) => db.Execute(
        "INSERT INTO runners(id, name, public_key, enrolled_at, last_seen, info) VALUES (@id, @name, @key, @now, NULL, @info)",
        new { id, name = request.Name, key = request.PublicKey, now, info = WireJson.Write(request.Info) });

    public static RunnerRow? Find(SqliteConnection db, string id) =>
        db.QueryFirstOrDefault<RunnerRow>("SELECT id, name, public_key, last_seen, info FROM runners WHERE id = @id", new { id });

    public static void Seen(SqliteConnection db, DateTimeOffset now, string id, RunnerInfo info) =>
        db.Execute("UPDATE runners SET last_seen = @now, info = @info WHERE id = @id", new { id, now, info = WireJson.Write(info) });

    /// <summary>A runner that holds a job is alive, though it asks for no more.</summary>
    public static void Touch(SqliteConnection db, DateTimeOffset now, string id) =>
        db.Execute("UPDATE runners SET last_seen = @now WHERE id = @id", new { id, now });

    public static IReadOnlyList<RunnerRow> All(SqliteConnection db) =>
        db.Query<RunnerRow>("SELECT id, name, public_key, last_seen, info FROM runners ORDER BY enrolled_at").AsList();

    /// <summary>What the runners that are alive can play.</summary>
    public static IReadOnlyList<RunnerInfo> AliveAt(SqliteConnection db, DateTimeOffset now) =>
        [.. All(db).Where(r => r.LastSeen > now - Alive).Select(r => r.RunnerInfo).OfType<RunnerInfo>()];
}
