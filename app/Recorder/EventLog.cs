using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Muster.Core;
using Muster.Core.Recorder;
using Muster.Core.Wire;

namespace Muster.App.Recorder;

/// <summary>The flight recorder's rows: appended in the transaction of the state they tell of, never changed.</summary>
internal static class EventLog
{
    public static void Append(SqliteConnection db, DateTimeOffset at, RepoId repo, WaveId? wave, ItemId? item, JobId? job, FlightEvent happened)
    {
        var data = JsonSerializer.SerializeToElement(happened, WireJson.Options);
        db.Execute(
            "INSERT INTO events(at, repo, wave, item, job, kind, data) VALUES (@at, @repo, @wave, @item, @job, @kind, @data)",
            new
            {
                at,
                repo = repo.Value,
                wave = wave?.Value,
                item = item?.Value,
                job = job?.Value,
                kind = data.GetProperty("kind").GetString(),
                data = data.GetRawText(),
            });
    }

    /// <summary>Events with ids above <paramref name="after"/>, of one wave or of all, in order.</summary>
    public static IReadOnlyList<Recorded> Read(SqliteConnection db, WaveId? wave, long after, int most) =>
        [.. db.Query<Row>(
            """
            SELECT e.id AS Id, e.at AS At, e.wave AS Wave, e.item AS Item, i.issue AS Issue, e.job AS Job, e.data AS Data
            FROM events e LEFT JOIN items i ON i.id = e.item
            WHERE e.id > @after AND (@wave IS NULL OR e.wave = @wave) ORDER BY e.id LIMIT @most
            """,
            new { after, wave = wave?.Value, most })
        .Select(row => row.Recorded())];

    private sealed record Row
    {
        public long Id { get; init; }

        public DateTimeOffset At { get; init; }

        public long? Wave { get; init; }

        public long? Item { get; init; }

        public long? Issue { get; init; }

        public long? Job { get; init; }

        public string Data { get; init; } = "";

        public Recorded Recorded() => new(
            Id,
            At,
            Wave is { } wave ? new WaveId(wave) : null,
            Item is { } item ? new ItemId(item) : null,
            Issue is { } issue ? new IssueNumber((int)issue) : null,
            Job is { } job ? new JobId(job) : null,
            WireJson.Read<FlightEvent>(Data));
    }
}
