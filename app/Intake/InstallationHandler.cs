using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.App.Webhooks;
using Muster.Core;

namespace Muster.App.Intake;

/// <summary>
/// Where the App is installed. Repositories come and go with it: of one that is gone nothing is asked and nothing is done,
/// and what was wanted there waits until it is back.
/// </summary>
internal sealed class InstallationHandler(LostAccess lost, TimeProvider time)
{
    /// <returns>False where the event is about something else.</returns>
    public bool Take(SqliteConnection db, string name, Payload payload)
    {
        if (payload.Installation is not { } installation || name is not ("installation" or "installation_repositories"))
        {
            return false;
        }

        var away = (name, payload.Action) is ("installation", "suspend" or "deleted");
        foreach (var repository in (payload.Repositories ?? []).Concat(payload.RepositoriesAdded ?? []))
        {
            Repositories.Learn(db, repository.Id, repository.FullName ?? "", installation.Id, repository.DefaultBranch, repository.Private);
            Turn(db, repository.Id, away);
        }

        foreach (var repository in payload.RepositoriesRemoved ?? [])
        {
            Gone(db, repository.Id);
        }

        if (away || (name, payload.Action) is ("installation", "unsuspend"))
        {
            foreach (var id in db.Query<long>("SELECT id FROM repositories WHERE installation = @id", new { id = installation.Id }).AsList())
            {
                Turn(db, id, away);
            }
        }

        return true;
    }

    /// <summary>What was put off there is due at once.</summary>
    public void Here(SqliteConnection db, long id, DateTimeOffset now)
    {
        lost.Regain(new RepoId(id));
        if (db.Execute("UPDATE repositories SET suspended = 0 WHERE id = @id AND suspended = 1", new { id }) > 0)
        {
            db.Execute("UPDATE outbox SET next_at = @now WHERE repo = @id AND state = 'pending' AND next_at > @now", new { id, now });
        }
    }

    public static void Gone(SqliteConnection db, long id) => db.Execute("UPDATE repositories SET suspended = 1 WHERE id = @id", new { id });

    private void Turn(SqliteConnection db, long id, bool away)
    {
        if (away)
        {
            Gone(db, id);
        }
        else
        {
            Here(db, id, time.GetUtcNow());
        }
    }
}
