using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Muster.App.Storage;

/// <summary>Read-only connections, kept open between queries: opening one costs more than most queries do.</summary>
internal sealed class ReadPool(string file) : IDisposable
{
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private volatile bool closed;

    public T Read<T>(Func<SqliteConnection, T> query)
    {
        if (!idle.TryTake(out var connection))
            connection = Database.OpenToRead(file);
        try
        {
            connection.Execute("BEGIN DEFERRED");
            return query(connection);
        }
        finally
        {
            GiveBack(connection);
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var connection))
            connection.Dispose();
    }

    private void GiveBack(SqliteConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            connection.Execute("ROLLBACK");
        if (closed)
            connection.Dispose();
        else
            idle.Add(connection);
    }
}
