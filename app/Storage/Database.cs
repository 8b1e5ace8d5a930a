using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Settings;

namespace Muster.App.Storage;

/// <summary>How the SQLite file is opened, checked and brought up to date.</summary>
internal static class Database
{
    static Database()
    {
        SQLitePCL.Batteries_V2.Init();
        ColumnTypes.Register();
    }

    /// <summary>Creates or checks the file and applies the migrations it lacks.</summary>
    public static void Prepare(string file, TimeProvider time)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
                Directory.CreateDirectory(folder);
            using var connection = OpenToWrite(file);
            Check(connection, file);
            Migrations.Apply(connection, file, time);
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw Damaged(file, fault.Message);
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"Muster__Storage: the database {file} cannot be opened: {fault.Message}");
        }
    }

    public static SqliteConnection OpenToWrite(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadWriteCreate);
        // A delivery is answered once its commit is on disk, and FULL is what makes that true after a power cut.
        connection.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;");
        return connection;
    }

    public static SqliteConnection OpenToRead(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadOnly);
        connection.Execute("PRAGMA busy_timeout=5000;");
        return connection;
    }

    // Unpooled: whoever opens a connection here keeps it, and a closed store holds the file no longer.
    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Check(SqliteConnection connection, string file)
    {
        var found = connection.Query<string>("PRAGMA quick_check(5)").ToList();
        if (found is not ["ok"])
            throw Damaged(file, string.Join("; ", found));
    }

    private static StartException Damaged(string file, string what) => new(
        $"Muster__Storage: the database {file} is damaged ({what.ReplaceLineEndings(" ")}). Put a backup in its place, or move "
        + $"it away together with {file}-wal and {file}-shm to begin anew: state is then found again from GitHub.");
}
