using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Settings;

namespace Muster.App.Storage;

/// <summary>The numbered scripts beside this file, applied in order, each once.</summary>
internal static class Migrations
{
    private const string Prefix = "Muster.App.Storage.Migrations.";

    public static void Apply(SqliteConnection connection, string file, TimeProvider time)
    {
        // One transaction around the question and the answer: two programs that start at once do not both migrate.
        connection.Execute("BEGIN IMMEDIATE");
        connection.Execute("CREATE TABLE IF NOT EXISTS migrations(number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)");
        var current = connection.ExecuteScalar<long>("SELECT coalesce(max(number), 0) FROM migrations");
        var known = All();
        if (current > known[^1].Number)
            throw new StartException(
                $"Muster__Storage: the database {file} was last used by a newer Muster (schema {current}; this program knows "
                + $"{known[^1].Number}). Start that version again, or put back a backup made before it.");

        foreach (var (number, name) in known.Where(migration => migration.Number > current))
        {
            connection.Execute(Text(name));
            connection.Execute(
                "INSERT INTO migrations(number, name, applied_at) VALUES (@number, @name, @at)",
                new { number, name = name[Prefix.Length..], at = time.GetUtcNow() });
        }

        connection.Execute("COMMIT");
    }

    private static List<(long Number, string Name)> All() =>
    [
        .. from name in typeof(Migrations).Assembly.GetManifestResourceNames()
           where name.StartsWith(Prefix, StringComparison.Ordinal)
           let number = long.Parse(name.AsSpan(Prefix.Length, 3), CultureInfo.InvariantCulture)
           orderby number
           select (number, name),
    ];

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
