using Microsoft.Data.Sqlite;

namespace Muster.App.Storage;

/// <summary>
/// The one place where state lives. A write is durable when its task ends, and takes effect whole or not at all; a
/// read sees one moment of the store, however many queries it makes.
/// </summary>
/// <remarks>
/// A step runs on the writer's thread and inside its transaction: it must not begin, commit or roll back one, wait for
/// anything, or leave a constraint to be checked at commit, because that would fail its neighbours.
/// </remarks>
public sealed class Store : IAsyncDisposable
{
    private readonly GroupWriter writer;
    private readonly ReadPool readers;

    private Store(string file)
    {
        File = file;
        writer = new GroupWriter(Database.OpenToWrite(file));
        readers = new ReadPool(file);
    }

    /// <summary>The database file, as an absolute path.</summary>
    public string File { get; }

    /// <summary>Checks the file, brings its schema up to date and opens it.</summary>
    /// <exception cref="Settings.StartException">It is damaged, newer than this program, or cannot be opened.</exception>
    public static Store Open(string file, TimeProvider time)
    {
        Database.Prepare(file, time);
        return new Store(Path.GetFullPath(file));
    }

    /// <summary>Runs a step in a transaction and answers once it is on disk. A step that throws changes nothing, and only its caller hears of it.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> step, CancellationToken cancellationToken) =>
        writer.WriteAsync(step, cancellationToken);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteConnection> step, CancellationToken cancellationToken) =>
        writer.WriteAsync(connection => { step(connection); return true; }, cancellationToken);

    /// <summary>Runs queries on one snapshot of the store. They cannot write.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> query, CancellationToken cancellationToken) =>
        Task.Run(() => readers.Read(query), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        readers.Dispose();
    }
}
