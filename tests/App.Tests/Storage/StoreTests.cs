using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Storage;
using Muster.Core;

namespace Muster.App.Tests.Storage;

public sealed class StoreTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private Store store = null!;

    public async Task InitializeAsync()
    {
        store = Store.Open(folder["muster.db"], new ManualTime());
        await store.WriteAsync(connection => connection.Execute("CREATE TABLE notes(text TEXT UNIQUE)"), default);
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_written_is_read_back_after_the_task_ended()
    {
        await NoteAsync("one");

        Assert.Equal(["one"], await NotesAsync());
    }

    [Fact]
    public async Task Steps_that_wait_together_are_committed_together()
    {
        var seen = new List<long>();
        await InOneBatchAsync(
            () => NoteAsync("one"),
            () => NoteAsync("two"),
            () => store.WriteAsync(_ => seen.Add(CountFromOutside()), default));

        Assert.Equal([0], seen);
        Assert.Equal(["one", "two"], await NotesAsync());
    }

    [Fact]
    public async Task A_failing_step_is_undone_alone_and_only_its_caller_hears_of_it()
    {
        Task failing = Task.CompletedTask;
        await InOneBatchAsync(
            () => NoteAsync("before"),
            () =>
            {
                failing = store.WriteAsync(
                    connection =>
                    {
                        connection.Execute("INSERT INTO notes VALUES ('half')");
                        throw new InvalidOperationException("thought better of it");
                    },
                    default);
                return Task.CompletedTask;
            },
            () => NoteAsync("after"));

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        Assert.Equal("thought better of it", fault.Message);
        Assert.Equal(["after", "before"], await NotesAsync());
    }

    [Fact]
    public async Task A_broken_constraint_is_the_fault_of_one_step()
    {
        await NoteAsync("one");

        await Assert.ThrowsAsync<SqliteException>(() => NoteAsync("one"));
        await NoteAsync("two");

        Assert.Equal(["one", "two"], await NotesAsync());
    }

    [Fact]
    public async Task When_the_commit_fails_nobody_in_the_batch_believes_it_happened()
    {
        await store.WriteAsync(
            connection => connection.Execute(
                "CREATE TABLE children(parent TEXT REFERENCES notes(text) DEFERRABLE INITIALLY DEFERRED)"),
            default);
        var waiters = new List<Task>();
        await InOneBatchAsync(
            () => Started(waiters, NoteAsync("innocent")),
            () => Started(waiters, store.WriteAsync(c => c.Execute("INSERT INTO children VALUES ('nobody')"), default)));

        foreach (var waiter in waiters)
            await Assert.ThrowsAsync<SqliteException>(() => waiter);
        Assert.Empty(await NotesAsync());
        await NoteAsync("later");
        Assert.Equal(["later"], await NotesAsync());
    }

    [Fact]
    public async Task A_caller_who_left_before_its_turn_changes_nothing()
    {
        using var leaving = new CancellationTokenSource();
        var left = Task.CompletedTask;
        await InOneBatchAsync(
            () =>
            {
                left = store.WriteAsync(connection => connection.Execute("INSERT INTO notes VALUES ('left')"), leaving.Token);
                leaving.Cancel();
                return Task.CompletedTask;
            });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_query_sees_one_moment_however_many_times_it_looks()
    {
        var (first, second) = await store.ReadAsync(
            connection =>
            {
                var before = Count(connection);
                NoteAsync("meanwhile").GetAwaiter().GetResult();
                return (before, Count(connection));
            },
            default);

        Assert.Equal((0, 0), (first, second));
        Assert.Equal(["meanwhile"], await NotesAsync());
    }

    [Fact]
    public async Task A_query_cannot_write() =>
        await Assert.ThrowsAsync<SqliteException>(
            () => store.ReadAsync(connection => connection.Execute("INSERT INTO notes VALUES ('no')"), default));

    [Fact]
    public async Task Everything_asked_for_before_the_end_is_written()
    {
        var writes = Enumerable.Range(0, 2000).Select(number => NoteAsync($"{number}")).ToList();
        await Task.WhenAll(writes);
        await store.DisposeAsync();

        store = Store.Open(folder["muster.db"], new ManualTime());
        Assert.Equal(2000, await store.ReadAsync(Count, default));
    }

    [Fact]
    public async Task Our_own_types_go_in_and_come_out_as_they_are()
    {
        var at = new DateTimeOffset(2026, 11, 20, 13, 0, 0, 120, TimeSpan.FromHours(1));
        await store.WriteAsync(
            connection =>
            {
                connection.Execute("CREATE TABLE typed(repo INTEGER, issue INTEGER, sha TEXT, seen_at TEXT, gone_at TEXT, name TEXT)");
                connection.Execute(
                    "INSERT INTO typed VALUES (@Repo, @Issue, @Sha, @SeenAt, @GoneAt, @Name)",
                    new Typed(new RepoId(5_000_000_000), new IssueNumber(12), new CommitSha("abc"), at, null, new RepoName("acme", "shop")));
            },
            default);

        var typed = await store.ReadAsync(connection => connection.QuerySingle<Typed>("SELECT * FROM typed"), default);
        var text = await store.ReadAsync(connection => connection.ExecuteScalar<string>("SELECT seen_at FROM typed"), default);

        Assert.Equal(new Typed(new(5_000_000_000), new(12), new("abc"), at, null, new("acme", "shop")), typed);
        Assert.Equal("2026-11-20T12:00:00.1200000Z", text);
    }

    private sealed record Typed(RepoId Repo, IssueNumber Issue, CommitSha Sha, DateTimeOffset SeenAt, DateTimeOffset? GoneAt, RepoName Name);

    /// <summary>Holds the writer with a first step until all others wait behind it.</summary>
    private async Task InOneBatchAsync(params Func<Task>[] steps)
    {
        using var everybodyWaits = new ManualResetEventSlim();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = store.WriteAsync(
            _ =>
            {
                begun.SetResult();
                everybodyWaits.Wait();
            },
            default);
        await begun.Task;
        var others = steps.Select(step => step()).ToList();
        everybodyWaits.Set();
        await first;
        await Task.WhenAll(others);
        await store.WriteAsync(_ => { }, default);
    }

    private static Task Started(List<Task> into, Task waiter)
    {
        into.Add(waiter);
        return Task.CompletedTask;
    }

    private Task<int> NoteAsync(string text) =>
        store.WriteAsync(connection => connection.Execute("INSERT INTO notes VALUES (@text)", new { text }), default);

    private Task<List<string>> NotesAsync() =>
        store.ReadAsync(connection => connection.Query<string>("SELECT text FROM notes ORDER BY text").ToList(), default);

    private static long Count(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM notes");

    private long CountFromOutside() => store.ReadAsync(Count, default).GetAwaiter().GetResult();
}
