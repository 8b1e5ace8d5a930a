using Dapper;
using Microsoft.Data.Sqlite;
using Muster.App.GitHub;
using Muster.App.Intake;
using Muster.App.Waves;

namespace Muster.App.Reconcile;

/// <summary>
/// Asks GitHub where the App is installed, in the App's own name, which no suspension forbids: repositories that came, went,
/// or have another name while nobody told us.
/// </summary>
internal sealed class InstallationSweep(Ledger ledger, AppsApi apps, InstallationHandler handler)
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // Before the first webhook there is nothing to compare; what went before it is asked for again.
        var before = await ledger.ReadAsync(db => db.Query<long>("SELECT id FROM repositories").ToHashSet(), cancellationToken);
        if (before.Count == 0
            || await apps.InstallationsAsync(GitHubIdentity.Author, cancellationToken) is not Answer<IReadOnlyList<Installation>>.Ok { Value: var installations })
        {
            return;
        }

        var here = new Dictionary<long, (Repository Repository, long Installation)>();
        var unknown = new HashSet<long>();
        foreach (var installation in installations.Where(i => i.SuspendedAt is null))
        {
            if (await apps.RepositoriesAsync(GitHubIdentity.Author, installation.Id, cancellationToken) is Answer<IReadOnlyList<Repository>>.Ok { Value: var repositories })
            {
                foreach (var repository in repositories)
                {
                    here[repository.Id] = (repository, installation.Id);
                }
            }
            else
            {
                unknown.Add(installation.Id);
            }
        }

        await ledger.StepQuietlyAsync(db => { Take(db, here, unknown, before); return true; }, cancellationToken);
    }

    private void Take(SqliteConnection db, Dictionary<long, (Repository Repository, long Installation)> here, HashSet<long> unknown, HashSet<long> before)
    {
        foreach (var (repository, installation) in here.Values)
        {
            Repositories.Learn(db, repository.Id, repository.FullName ?? "", installation, repository.DefaultBranch, repository.Private);
            handler.Here(db, repository.Id, ledger.Now);
        }

        foreach (var (id, installation) in db.Query<(long Id, long Installation)>("SELECT id, coalesce(installation, 0) FROM repositories WHERE suspended = 0").AsList())
        {
            // One that was learned while we asked is in no list, and is not gone.
            if (before.Contains(id) && !here.ContainsKey(id) && !unknown.Contains(installation))
            {
                InstallationHandler.Gone(db, id);
            }
        }
    }
}
