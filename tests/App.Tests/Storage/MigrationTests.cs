using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Settings;
using Muster.App.Storage;

namespace Muster.App.Tests.Storage;

public sealed class MigrationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_empty_folder_becomes_a_store_with_every_table()
    {
        await using var store = Store.Open(folder["new/muster.db"], time);

        var tables = await store.ReadAsync(
            connection => connection.Query<string>(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").ToList(),
            default);
        Assert.Equal(
            ["bells", "breakers", "deliveries", "events", "github_pauses", "github_spent", "holds", "installations", "items", "jobs", "latest", "migrations", "outbox", "plans", "recent", "repositories", "runners", "waves"],
            tables);
    }

    [Fact]
    public async Task A_commit_waits_for_the_disk_and_foreign_keys_hold()
    {
        await using var store = Store.Open(folder["muster.db"], time);

        var (journal, synchronous, keys) = await store.WriteAsync(
            connection => (
                connection.ExecuteScalar<string>("PRAGMA journal_mode"),
                connection.ExecuteScalar<long>("PRAGMA synchronous"),
                connection.ExecuteScalar<long>("PRAGMA foreign_keys")),
            default);
        Assert.Equal(("wal", 2, 1), (journal, synchronous, keys));
    }

    [Fact]
    public async Task Opened_again_it_is_migrated_no_more_and_nothing_is_lost()
    {
        await using (var store = Store.Open(folder["muster.db"], time))
            await store.WriteAsync(c => c.Execute("INSERT INTO repositories(id, full_name) VALUES (1, 'acme/shop')"), default);
        time.Advance(TimeSpan.FromDays(1));

        await using var again = Store.Open(folder["muster.db"], time);

        var applied = await again.ReadAsync(c => c.Query<DateTimeOffset>("SELECT DISTINCT applied_at FROM migrations").ToList(), default);
        Assert.Equal([time.GetUtcNow().AddDays(-1)], applied);
        Assert.Equal("acme/shop", await again.ReadAsync(c => c.ExecuteScalar<string>("SELECT full_name FROM repositories"), default));
    }

    [Fact]
    public async Task A_newer_database_is_refused_in_words()
    {
        await using (var store = Store.Open(folder["muster.db"], time))
            await store.WriteAsync(c => c.Execute("INSERT INTO migrations VALUES (999, '999_later.sql', '')"), default);

        var refusal = Assert.Throws<StartException>(() => Store.Open(folder["muster.db"], time));

        Assert.Contains("newer Muster (schema 999; this program knows", refusal.Message);
    }

    [Fact]
    public async Task A_damaged_database_is_refused_in_words()
    {
        await using (var store = Store.Open(folder["muster.db"], time))
            await store.WriteAsync(
                c => c.Execute("INSERT INTO repositories(id, full_name) SELECT value, hex(randomblob(400)) FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 500) SELECT value FROM n)"),
                default);
        var bytes = await File.ReadAllBytesAsync(folder["muster.db"]);
        bytes.AsSpan(bytes.Length / 2, 20_000).Fill(0xA5);
        await File.WriteAllBytesAsync(folder["muster.db"], bytes);

        var refusal = Assert.Throws<StartException>(() => Store.Open(folder["muster.db"], time));

        Assert.Contains("is damaged", refusal.Message);
        Assert.DoesNotContain("\n", refusal.Message);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_words()
    {
        await File.WriteAllTextAsync(folder["muster.db"], string.Concat(Enumerable.Repeat("this is a letter to my aunt. ", 400)));

        Assert.Contains("is damaged", Assert.Throws<StartException>(() => Store.Open(folder["muster.db"], time)).Message);
    }

    [Fact]
    public void A_folder_in_the_file_s_place_is_refused_in_words()
    {
        Directory.CreateDirectory(folder["muster.db"]);

        Assert.Contains("cannot be opened", Assert.Throws<StartException>(() => Store.Open(folder["muster.db"], time)).Message);
    }

    [Fact]
    public async Task At_most_one_live_item_stands_for_an_issue()
    {
        await using var store = Store.Open(folder["muster.db"], time);
        Task AddAsync(int generation, int live) => store.WriteAsync(
            c => c.Execute(
                "INSERT INTO items(wave, repo, issue, generation, state, live, data) VALUES (1, 7, 12, @generation, 'x', @live, '{}')",
                new { generation, live }),
            default);
        await store.WriteAsync(c => c.Execute("INSERT INTO waves(repo, state, data) VALUES (7, 'gathering', '{}')"), default);

        await AddAsync(1, live: 0);
        await AddAsync(2, live: 1);

        await Assert.ThrowsAsync<SqliteException>(() => AddAsync(3, live: 1));
        await Assert.ThrowsAsync<SqliteException>(() => AddAsync(1, live: 0));
    }
}
