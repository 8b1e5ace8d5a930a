using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.Waves;
using Muster.App.Webhooks;

namespace Muster.App.Intake;

/// <summary>Where the App is installed: repositories come and go with it, and nothing is asked of one that is gone.</summary>
internal static class InstallationHandler
{
    /// <returns>False where the event is about something else.</returns>
    public static bool Take(SqliteConnection db, string name, Payload payload)
    {
        if (payload.Installation is not { } installation || name is not ("installation" or "installation_repositories"))
        {
            return false;
        }

        foreach (var here in (payload.Repositories ?? []).Concat(payload.RepositoriesAdded ?? []))
        {
            Repositories.Learn(db, here.Id, here.FullName ?? "", installation.Id, here.DefaultBranch, here.Private);
            db.Execute("UPDATE repositories SET suspended = 0 WHERE id = @Id", new { here.Id });
        }

        foreach (var gone in payload.RepositoriesRemoved ?? [])
        {
            db.Execute("UPDATE repositories SET suspended = 1 WHERE id = @Id", new { gone.Id });
        }

        if ((name, payload.Action) is ("installation", "suspend" or "deleted" or "unsuspend"))
        {
            db.Execute(
                "UPDATE repositories SET suspended = @suspended WHERE installation = @id",
                new { suspended = payload.Action != "unsuspend", id = installation.Id });
        }

        return true;
    }
}
