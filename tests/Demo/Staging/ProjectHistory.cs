namespace Muster.Demo.Staging;

/// <summary>Pushes this project's own tree and history; without a whole history, one commit made from the tree.</summary>
public static class ProjectHistory
{
    public static async Task PushAsync(string project, string url, string token, string branch, string scratch, CancellationToken cancellationToken)
    {
        if (!await PushHistoryAsync(project, url, token, branch, cancellationToken))
        {
            await PushTreeAsync(project, url, token, branch, scratch, cancellationToken);
        }
    }

    /// <summary>False where there is no history to push, or not all of it.</summary>
    private static async Task<bool> PushHistoryAsync(string project, string url, string token, string branch, CancellationToken cancellationToken)
    {
        var git = new Git(project, Git.Bearer(token));
        try
        {
            // An archive unpacked inside somebody's repository is not that repository.
            var top = await git.RunAsync(cancellationToken, "rev-parse", "--show-prefix", "--is-shallow-repository");
            if (top.Trim() != "false")
            {
                return false;
            }

            await git.RunAsync(cancellationToken, "push", "-q", url, $"HEAD:refs/heads/{branch}");
            return true;
        }
        catch (StageException)
        {
            // No .git, no commit yet, objects that are not here: the tree is enough.
            return false;
        }
    }

    private static async Task PushTreeAsync(string project, string url, string token, string branch, string scratch, CancellationToken cancellationToken)
    {
        var repository = Path.Combine(scratch, "tree.git");
        var git = new Git(project, new Dictionary<string, string>(Git.Bearer(token)) { ["GIT_DIR"] = repository, ["GIT_WORK_TREE"] = project });
        await new Git(scratch).RunAsync(cancellationToken, "init", "-q", "--bare", repository);
        await git.RunAsync(cancellationToken, "add", "--all", "--", ".", ":(exclude)artifacts");
        await git.RunAsync(cancellationToken, "commit", "-q", "-m", "The tree as it lies here");
        await git.RunAsync(cancellationToken, "push", "-q", url, $"HEAD:refs/heads/{branch}");
    }
}
