using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;

namespace Muster.App.Holds;

/// <summary>What is counted, and how much of it in ten minutes is more than anybody meant: of one issue, and of a repository.</summary>
internal sealed record Counted(string Kind, string Noun, int OfIssue, int OfRepository)
{
    public static Counted Run { get; } = new("run", "runs", 20, 600);

    public static Counted Comment { get; } = new("comment", "comments", 12, 200);

    public static Counted Pull { get; } = new("pull", "pull requests", 3, 300);
}

/// <summary>
/// Stops what feeds on itself. The limits are far above honest work; whoever goes beyond them is told once, and only a
/// person lets it go on.
/// </summary>
internal static class Breakers
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>Whether nothing may be begun for this issue.</summary>
    public static bool Holds(SqliteConnection db, RepoId repo, IssueNumber issue) => db.ExecuteScalar<long>(
        "SELECT count(*) FROM breakers WHERE repo = @repo AND reset_at IS NULL AND (issue IS NULL OR issue = @issue)",
        new { repo = repo.Value, issue = issue.Value }) > 0;

    /// <summary>Counts one more; the new breaker's id and why it tripped, where this was one too many.</summary>
    public static (long Id, string Why, bool OfRepository)? Count(SqliteConnection db, RepoId repo, IssueNumber issue, Counted what, DateTimeOffset now)
    {
        var since = now - Window;
        db.Execute("DELETE FROM recent WHERE at <= @since", new { since });
        db.Execute(
            "INSERT INTO recent(repo, issue, kind, at) VALUES (@repo, @issue, @kind, @now)",
            new { repo = repo.Value, issue = issue.Value, kind = what.Kind, now });
        var (ofIssue, ofRepository) = db.QueryFirst<(long, long)>(
            "SELECT coalesce(sum(issue = @issue), 0), count(*) FROM recent WHERE repo = @repo AND kind = @kind",
            new { repo = repo.Value, issue = issue.Value, kind = what.Kind });
        if ((ofIssue <= what.OfIssue && ofRepository <= what.OfRepository) || Holds(db, repo, issue))
        {
            return null;
        }

        var whole = ofRepository > what.OfRepository;
        var why = whole
            ? $"more than {what.OfRepository} {what.Noun} in this repository within ten minutes"
            : $"more than {what.OfIssue} {what.Noun} for {issue} within ten minutes";
        var id = db.ExecuteScalar<long>(
            "INSERT INTO breakers(repo, issue, why, tripped_at) VALUES (@repo, @issue, @why, @now) RETURNING id",
            new { repo = repo.Value, issue = whole ? (int?)null : issue.Value, why, now });
        return (id, why, whole);
    }

    /// <summary>Whether this person may be refused once more in words: who asks everywhere is not answered everywhere.</summary>
    public static bool MayRefuse(SqliteConnection db, RepoId repo, IssueNumber issue, string login, DateTimeOffset now)
    {
        var of = new { repo = repo.Value, issue = issue.Value, kind = $"refusal of {login}", now, since = now - Window };
        return db.Execute(
            "INSERT INTO recent(repo, issue, kind, at) SELECT @repo, @issue, @kind, @now WHERE (SELECT count(*) FROM recent WHERE repo = @repo AND kind = @kind AND at > @since) < 10",
            of) > 0;
    }

    /// <summary>Lifts those that hold this issue, and starts counting anew; says how many there were.</summary>
    public static int Reset(SqliteConnection db, RepoId repo, IssueNumber issue, DateTimeOffset now)
    {
        var reset = db.Execute(
            "UPDATE breakers SET reset_at = @now WHERE repo = @repo AND reset_at IS NULL AND (issue IS NULL OR issue = @issue)",
            new { repo = repo.Value, issue = issue.Value, now });
        if (reset > 0)
        {
            db.Execute("DELETE FROM recent WHERE repo = @repo", new { repo = repo.Value });
        }

        return reset;
    }
}
