using Muster.App.GitHub;
using Muster.App.Waves;
using Muster.Core;
using Muster.Core.Commands;
using Muster.Core.Waves;

namespace Muster.App.Intake;

/// <summary>
/// The comments that belong to what was asked: by people with write access, made and last edited before the trigger.
/// A stranger's comment never reaches an agent, nor does one that was changed after somebody approved the text.
/// </summary>
internal sealed class WriterComments(CommentsApi comments, Permissions permissions)
{
    private const int Most = 20;
    private const int MostCharacters = 32 * 1024;

    /// <returns>Null where GitHub could not be asked.</returns>
    public async Task<IReadOnlyList<SnapshotComment>?> BeforeAsync(
        RepositoryRow repository, IssueNumber issue, DateTimeOffset trigger, CancellationToken cancellationToken)
    {
        if (await comments.ListAsync(repository.Target, issue, null, cancellationToken) is not Answer<IReadOnlyList<Comment>>.Ok { Value: var all })
        {
            return null;
        }

        var candidates = all.Where(c => c.User is { IsPerson: true, Login: not null } && c.CreatedAt < trigger && c.UpdatedAt < trigger && !IsCommand(c)).ToList();
        var writers = new Dictionary<string, bool>(StringComparer.OrdinalIgnoreCase);
        foreach (var login in candidates.Select(c => c.User!.Login!).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (await permissions.MayWriteAsync(repository, login, cancellationToken) is not { } may)
            {
                return null;
            }

            writers[login] = may;
        }

        var left = MostCharacters;
        return
        [
            .. candidates.Where(c => writers[c.User!.Login!]).TakeLast(Most)
                .TakeWhile(c => (left -= c.Body?.Length ?? 0) >= 0)
                .Select(c => new SnapshotComment(c.User!.Login!, c.Body ?? "")),
        ];
    }

    private static bool IsCommand(Comment comment) => CommandParser.Parse(comment.Body ?? "").Count > 0;
}
