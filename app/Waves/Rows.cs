using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;

namespace Muster.App.Waves;

/// <summary>Reads waves, items and jobs; whoever wants to change them goes through <see cref="LedgerStep"/>.</summary>
internal static class Rows
{
    public static Item? Item(SqliteConnection db, ItemId id) => One<Item>(db, "SELECT data FROM items WHERE id = @id", new { id = id.Value });

    public static Item? LiveItem(SqliteConnection db, RepoId repo, IssueNumber issue) =>
        One<Item>(db, "SELECT data FROM items WHERE repo = @repo AND issue = @issue AND live = 1", new { repo = repo.Value, issue = issue.Value });

    public static Item? LatestItem(SqliteConnection db, RepoId repo, IssueNumber issue) =>
        One<Item>(db, "SELECT data FROM items WHERE repo = @repo AND issue = @issue ORDER BY generation DESC LIMIT 1", new { repo = repo.Value, issue = issue.Value });

    public static Item? ItemOfPull(SqliteConnection db, RepoId repo, PullNumber pull) =>
        One<Item>(db, "SELECT data FROM items WHERE repo = @repo AND pull = @pull ORDER BY id DESC LIMIT 1", new { repo = repo.Value, pull = pull.Value });

    public static IReadOnlyList<Item> ItemsOfWave(SqliteConnection db, WaveId wave) =>
        Many<Item>(db, "SELECT data FROM items WHERE wave = @wave ORDER BY id", new { wave = wave.Value });

    /// <summary>Items that live, and parked ones: those may still have an open pull request.</summary>
    public static IReadOnlyList<Item> OpenItems(SqliteConnection db, RepoId repo) =>
        Many<Item>(db, "SELECT data FROM items WHERE repo = @repo AND (live = 1 OR state = 'parked') ORDER BY id", new { repo = repo.Value });

    public static Job? Job(SqliteConnection db, JobId id) => One<Job>(db, "SELECT data FROM jobs WHERE id = @id", new { id = id.Value });

    public static IReadOnlyList<Job> OpenJobs(SqliteConnection db, ItemId item) =>
        Many<Job>(db, "SELECT data FROM jobs WHERE item = @item AND state IN ('queued', 'leased')", new { item = item.Value });

    public static IReadOnlyList<Job> Jobs(SqliteConnection db, params IReadOnlyList<JobState> states) =>
        Many<Job>(db, "SELECT data FROM jobs WHERE state IN @states ORDER BY id", new { states = states.Select(Word) });

    public static IReadOnlyList<Job> AllJobs(SqliteConnection db, int most) =>
        Many<Job>(db, "SELECT data FROM jobs ORDER BY id DESC LIMIT @most", new { most });

    public static Wave? Wave(SqliteConnection db, WaveId id) => One<Wave>(db, "SELECT data FROM waves WHERE id = @id", new { id = id.Value });

    public static Wave? OpenWave(SqliteConnection db, RepoId repo) =>
        One<Wave>(db, "SELECT data FROM waves WHERE repo = @repo AND state <> 'closed' ORDER BY id DESC LIMIT 1", new { repo = repo.Value });

    /// <summary>Waves that gather, and those of which a plan is wanted; of one repository, or of all.</summary>
    public static IReadOnlyList<Wave> PlanningWaves(SqliteConnection db, RepoId? repo) => Many<Wave>(
        db, "SELECT data FROM waves WHERE (state = 'gathering' OR replan = 1) AND (@repo IS NULL OR repo = @repo) ORDER BY id", new { repo = repo?.Value });

    public static Wave? LatestWave(SqliteConnection db, RepoId repo) => One<Wave>(db, "SELECT data FROM waves WHERE repo = @repo ORDER BY id DESC LIMIT 1", new { repo = repo.Value });

    public static IReadOnlyList<Wave> OpenWaves(SqliteConnection db) => Many<Wave>(db, "SELECT data FROM waves WHERE state <> 'closed' ORDER BY id", new { });

    public static IReadOnlyList<Wave> AllWaves(SqliteConnection db, int most) => Many<Wave>(db, "SELECT data FROM waves ORDER BY id DESC LIMIT @most", new { most });

    public static IReadOnlyList<Item> AllItems(SqliteConnection db, int most) => Many<Item>(db, "SELECT data FROM items ORDER BY id DESC LIMIT @most", new { most });

    /// <summary>How states stand in columns.</summary>
    public static string Word<TState>(TState state) where TState : struct, Enum => state.ToString().ToLowerInvariant();

    private static T? One<T>(SqliteConnection db, string sql, object arguments) where T : class =>
        db.QueryFirstOrDefault<string>(sql, arguments) is { } data ? WireJson.Read<T>(data) : null;

    private static List<T> Many<T>(SqliteConnection db, string sql, object arguments) =>
        [.. db.Query<string>(sql, arguments).Select(WireJson.Read<T>)];
}
