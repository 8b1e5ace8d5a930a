using Muster.App.GitHub;
using Muster.App.Waves;

namespace Muster.App.Intake;

/// <summary>Whether a person may start work, asked from GitHub at that moment: a label or an association proves nothing.</summary>
internal sealed class Permissions(ReposApi repos)
{
    /// <summary>Yes, no, or null where GitHub did not say: an App that may not look has learned nothing about the person.</summary>
    public Task<bool?> MayWriteAsync(RepositoryRow repository, string login, CancellationToken cancellationToken) =>
        MayWriteAsync(repository, login, null, cancellationToken);

    /// <summary>The same for the account that an event names: a login that somebody else has taken since gives no right.</summary>
    public Task<bool?> MayWriteAsync(RepositoryRow repository, User who, CancellationToken cancellationToken) =>
        MayWriteAsync(repository, who.Login ?? "", who.Id, cancellationToken);

    private async Task<bool?> MayWriteAsync(RepositoryRow repository, string login, long? id, CancellationToken cancellationToken) =>
        await repos.PermissionAsync(repository.Target, login, cancellationToken) switch
        {
            Answer<RepoAccess>.Ok { Value: var access } => access.MayWrite && (id is null || access.User is null || access.User.Id == id),
            Answer<RepoAccess>.NotFound => false, // There is no such person.
            _ => null,
        };
}
