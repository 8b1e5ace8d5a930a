using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.GitHub;
using Muster.Core;

namespace Muster.App.Waves;

/// <summary>A repository that an installation of the App covers, as GitHub last told it.</summary>
internal sealed record RepositoryRow
{
    public long Id { get; init; }

    public string FullName { get; init; } = "";

    public long Installation { get; init; }

    public string DefaultBranch { get; init; } = "main";

    public bool Private { get; init; }

    public RepoId RepoId => new(Id);

    public RepoRef Target => new(RepoId, Name);

    public RepoName Name => RepoName.Parse(FullName) ?? new RepoName("unknown", FullName);
}

internal static class Repositories
{
    public static RepositoryRow? Find(SqliteConnection db, RepoId id) => db.QueryFirstOrDefault<RepositoryRow>(
        "SELECT id, full_name, coalesce(installation, 0) AS installation, coalesce(default_branch, 'main') AS default_branch, private FROM repositories WHERE id = @id",
        new { id = id.Value });

    public static IReadOnlyList<RepositoryRow> All(SqliteConnection db) => db.Query<RepositoryRow>(
        "SELECT id, full_name, coalesce(installation, 0) AS installation, coalesce(default_branch, 'main') AS default_branch, private FROM repositories WHERE suspended = 0").AsList();

    /// <summary>Takes what an event says of the repository; what it leaves out stays.</summary>
    public static void Learn(SqliteConnection db, long id, string fullName, long? installation, string? defaultBranch, bool? isPrivate) => db.Execute(
        """
        INSERT INTO repositories(id, full_name, installation, default_branch, private) VALUES (@id, @fullName, @installation, @defaultBranch, coalesce(@isPrivate, 1))
        ON CONFLICT(id) DO UPDATE SET full_name = coalesce(nullif(excluded.full_name, ''), full_name), installation = coalesce(excluded.installation, installation),
            default_branch = coalesce(excluded.default_branch, default_branch), private = coalesce(@isPrivate, private)
        """,
        new { id, fullName, installation, defaultBranch, isPrivate });
}
