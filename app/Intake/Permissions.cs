using Muster.App.GitHub;
using Muster.App.Waves;

namespace Muster.App.Intake;

/// <summary>Whether a person may start work, asked from GitHub at that moment: a label or an association proves nothing.</summary>
internal sealed class Permissions(ReposApi repos)
{
    /// <summary>Yes, no, or null where GitHub could not be asked.</summary>
    public async Task<bool?> MayWriteAsync(RepositoryRow repository, string login, CancellationToken cancellationToken) =>
        await repos.PermissionAsync(repository.Target, login, cancellationToken) switch
        {
            Answer<RepoAccess>.Ok { Value.MayWrite: var may } => may,
            Answer<RepoAccess>.Unknown => null,
            _ => false,
        };
}
