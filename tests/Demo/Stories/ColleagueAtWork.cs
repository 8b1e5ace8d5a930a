using Muster.Demo.Staging;

namespace Muster.Demo.Stories;

/// <summary>A colleague changes a file by hand and opens a pull request for an issue, as people do.</summary>
internal static class ColleagueAtWork
{
    public static async Task<int> OpenPullAsync(Stage stage, Rival rival, int issue, CancellationToken cancellationToken)
    {
        var clone = Path.Combine(stage.Folder, $"by-hand-{issue}");
        var token = Git.Bearer(stage.Colleague.Token);
        await new Git(stage.Folder, token).RunAsync(cancellationToken, "clone", "-q", "--depth", "1", "--branch", Stage.Branch, stage.GitHub.CloneUrl, clone);
        await File.AppendAllTextAsync(Path.Combine(clone, rival.File), $"{rival.Line}\n", cancellationToken);
        var git = new Git(clone, token);
        await git.RunAsync(cancellationToken, "checkout", "-q", "-b", rival.Branch);
        await git.RunAsync(cancellationToken, "commit", "-q", "--all", "-m", rival.Line);
        await git.RunAsync(cancellationToken, "push", "-q", "origin", $"HEAD:refs/heads/{rival.Branch}");
        return await stage.Colleague.OpenPullAsync(rival.Line, $"Closes #{issue}", rival.Branch, Stage.Branch, cancellationToken);
    }
}
