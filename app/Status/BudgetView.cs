using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.GitHub.Budget;
using Muster.App.Outbox;
using Muster.Core;

namespace Muster.App.Status;

/// <summary>What an installation was asked for, as <c>/api/limits</c> and the page show it.</summary>
/// <param name="WritesLastHour">Issues, comments, pull requests, reviews and check runs made or edited.</param>
/// <param name="PausedUntil">GitHub asked for silence until then; null where it did not.</param>
internal sealed record BudgetView(string Payer, int WritesLastMinute, int WritesLastHour, int WritesPerHour, int PointsLastMinute, DateTimeOffset? PausedUntil)
{
    public static IReadOnlyList<BudgetView> All(SqliteConnection db, BudgetLimits limits, DateTimeOffset now) =>
        [.. BudgetRows.Payers(db).Select(payer => Of(payer, BudgetRows.Read(db, payer), limits, now))];

    /// <summary>How many content writes each item of a wave has cost; the wave's own comments and its retro belong to none.</summary>
    public static IReadOnlyDictionary<ItemId, int> WritesByItem(SqliteConnection db, WaveId wave) =>
        db.Query<(long Item, int Writes)>(
            "SELECT item, count(*) FROM outbox WHERE wave = @wave AND item IS NOT NULL AND state = 'done' AND intent_at IS NOT NULL AND kind IN @kinds GROUP BY item",
            new { wave = wave.Value, kinds = OutboxOrder.ContentKinds }).ToDictionary(row => new ItemId(row.Item), row => row.Writes);

    private static BudgetView Of(Payer payer, BudgetState state, BudgetLimits limits, DateTimeOffset now) => new(
        payer.Name,
        state.ContentSince(now - TimeSpan.FromMinutes(1)),
        state.ContentSince(now - TimeSpan.FromHours(1)),
        limits.ContentPerHour,
        state.PointsSince(now - TimeSpan.FromMinutes(1)),
        state.PausedUntil > now ? state.PausedUntil : null);
}
