using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;

namespace Muster.App.Intake;

/// <summary>
/// When somebody last asked for a thing, or against it, by their own time. Webhooks come in any order; the newest wish
/// decides, whichever arrives last.
/// </summary>
internal static class Latest
{
    public const string Pause = "pause";
    public const string Resume = "resume";

    public static string Start(IssueNumber issue) => $"start {issue}";

    public static string Stop(IssueNumber issue) => $"stop {issue}";

    /// <summary>Whether this wish was made later than at this moment.</summary>
    public static bool After(SqliteConnection db, RepoId repo, string matter, DateTimeOffset at) => db.ExecuteScalar<long>(
        "SELECT count(*) FROM latest WHERE repo = @repo AND matter = @matter AND at > @at", new { repo = repo.Value, matter, at }) > 0;

    /// <summary>Whether this wish was made at this moment or later.</summary>
    public static bool Since(SqliteConnection db, RepoId repo, string matter, DateTimeOffset at) => After(db, repo, matter, at.AddTicks(-1));

    public static void Note(SqliteConnection db, RepoId repo, string matter, DateTimeOffset at) => db.Execute(
        """
        INSERT INTO latest(repo, matter, at) VALUES (@repo, @matter, @at)
        ON CONFLICT(repo, matter) DO UPDATE SET at = max(at, excluded.at)
        """,
        new { repo = repo.Value, matter, at });
}
