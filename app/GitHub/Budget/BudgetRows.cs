using Dapper;
using Microsoft.Data.Sqlite;

namespace Muster.App.GitHub.Budget;

/// <summary>What was spent, as rows: a program that starts anew, or a second one beside it, goes on counting where this one is.</summary>
internal static class BudgetRows
{
    public static BudgetState Read(SqliteConnection db, Payer payer) => new(
        db.Query<Spent>("SELECT at, points, content FROM github_spent WHERE payer = @name ORDER BY at", new { name = payer.Name }).AsList(),
        PauseOf(db, payer).Until);

    public static IReadOnlyList<Payer> Payers(SqliteConnection db) =>
        [.. db.Query<string>("SELECT payer FROM github_spent UNION SELECT payer FROM github_pauses ORDER BY payer").Select(name => new Payer(name))];

    public static Pause PauseOf(SqliteConnection db, Payer payer) =>
        db.QueryFirstOrDefault<PauseRow>("SELECT until, strikes FROM github_pauses WHERE payer = @name", new { name = payer.Name }) is { } row
            ? new Pause(row.Until, row.Strikes)
            : Pause.None;

    public static void Put(SqliteConnection db, Payer payer, Pause pause) => db.Execute(
        "INSERT INTO github_pauses(payer, until, strikes) VALUES (@name, @until, @strikes) ON CONFLICT(payer) DO UPDATE SET until = excluded.until, strikes = excluded.strikes",
        new { name = payer.Name, until = pause.Until, strikes = pause.Strikes });

    public static long Spend(SqliteConnection db, Payer payer, CallCost cost, DateTimeOffset now) => db.ExecuteScalar<long>(
        "INSERT INTO github_spent(payer, at, points, content) VALUES (@name, @now, @points, @content) RETURNING id",
        new { name = payer.Name, now, points = cost.Points, content = cost.Content });

    /// <summary>Moves a content write to the moment of its answer: the next one waits from there.</summary>
    public static void Answered(SqliteConnection db, long id, DateTimeOffset now) =>
        db.Execute("UPDATE github_spent SET at = @now WHERE id = @id", new { id, now });

    /// <summary>Moves to this moment what a clock wrote down that was set back since: else it would stay ahead of us for as long as that was.</summary>
    public static void SetBack(SqliteConnection db, Payer payer, DateTimeOffset now)
    {
        db.Execute("UPDATE github_spent SET at = @now WHERE payer = @name AND at > @now", new { name = payer.Name, now });
        db.Execute(
            "UPDATE github_pauses SET until = @longest WHERE payer = @name AND until > @longest",
            new { name = payer.Name, longest = now + Pause.Longest });
    }

    /// <summary>Forgets what no window holds any more.</summary>
    public static void Forget(SqliteConnection db, Payer payer, BudgetLimits limits, DateTimeOffset now) => db.Execute(
        "DELETE FROM github_spent WHERE payer = @name AND ((content = 0 AND at <= @minute) OR (content = 1 AND at <= @hour))",
        new { name = payer.Name, minute = now - limits.Minute, hour = now - limits.Hour });

    private sealed record PauseRow
    {
        public DateTimeOffset Until { get; init; }

        public int Strikes { get; init; }
    }
}
