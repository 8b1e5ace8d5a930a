using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Words;

namespace Muster.App.Holds;

/// <summary>A pause: nothing new is claimed. It stands in the store and is asked for where work is claimed, so no entry point goes round it.</summary>
internal sealed record HoldRow
{
    public long Id { get; init; }

    public string Author { get; init; } = "";

    public string? Reason { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For people.</summary>
    public string Sentence => $"**Paused** by {Author}{(Reason is null ? "" : $": {SafeText.Line(Reason)}")}. Nothing new is started until {End}`/dispatch resume`.";

    private string End => ExpiresAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC or ") : "";
}

internal static class HoldRows
{
    public static HoldRow? Standing(SqliteConnection db, RepoId repo, DateTimeOffset now) => db.QueryFirstOrDefault<HoldRow>(
        """
        SELECT id, author, reason, expires_at FROM holds
        WHERE kind = 'pause' AND scope = @scope AND lifted_at IS NULL AND (expires_at IS NULL OR expires_at > @now) ORDER BY id LIMIT 1
        """,
        new { scope = Scope(repo), now });

    /// <summary>Whether the job may not be begun now: its repository is paused or out of our reach, or a breaker tripped.</summary>
    public static bool Holds(SqliteConnection db, Job job, DateTimeOffset now) =>
        Standing(db, job.Repo, now) is not null
        || Breakers.Holds(db, job.Repo, job.Issue)
        || db.ExecuteScalar<long>("SELECT count(*) FROM repositories WHERE id = @repo AND suspended = 1", new { repo = job.Repo.Value }) > 0;

    public static void Pause(SqliteConnection db, RepoId repo, DateTimeOffset now, string author, string? reason, DateTimeOffset? expires) => db.Execute(
        "INSERT INTO holds(kind, scope, author, reason, created_at, expires_at) VALUES ('pause', @scope, @author, @reason, @now, @expires)",
        new { scope = Scope(repo), author, reason, now, expires });

    /// <summary>Lifts every pause of the repository; says how many there were.</summary>
    public static int Resume(SqliteConnection db, RepoId repo, DateTimeOffset now) =>
        db.Execute("UPDATE holds SET lifted_at = @now WHERE kind = 'pause' AND scope = @scope AND lifted_at IS NULL", new { scope = Scope(repo), now });

    private static string Scope(RepoId repo) => $"repository:{repo}";
}
