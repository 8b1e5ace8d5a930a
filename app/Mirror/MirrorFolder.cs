using System.Collections.Concurrent;
using Muster.App.GitHub;
using Muster.App.Settings;
using Muster.App.Telemetry;
using Muster.Core;

namespace Muster.App.Mirror;

/// <summary>Where the bare copies stand, and how they are made and brought up to date: all branches, nothing checked out.</summary>
internal sealed partial class MirrorFolder(
    AppSettings settings, GitProcess git, InstallationTokens tokens, Timings timings, TimeProvider time, ILogger<MirrorFolder> logger)
{
    private static readonly TimeSpan FetchLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StaleLock = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<RepoId, SemaphoreSlim> turns = new();

    public string PathOf(RepoId repo) => Path.Combine(settings.Mirror, $"{repo}.git");

    /// <summary>Brings all branches to where they stand at GitHub; those that are gone there go here.</summary>
    public async Task<Answer<Done>> FetchAsync(RepoRef repo, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(repo.Id, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var token = await tokens.GetAsync(GitHubIdentity.Author, repo, Act.Fetch, cancellationToken);
            return await token.ThenAsync(ok => timings.OutsideAsync(() => FetchAsync(repo, ok.Token, cancellationToken)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            NotFetched(repo, fault.Message);
            return new Answer<Done>.Unknown(fault.Message);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Answer<Done>> FetchAsync(RepoRef repo, string token, CancellationToken cancellationToken)
    {
        var folder = PathOf(repo.Id);
        await PrepareAsync(folder, cancellationToken);
        var run = await git.RunAsync(
            folder,
            [
                "fetch", "--quiet", "--prune", "--no-tags", "--force", "--no-write-fetch-head", "--no-recurse-submodules",
                $"{settings.GitHub.Server.AbsoluteUri.TrimEnd('/')}/{repo.Name}.git", "+refs/heads/*:refs/heads/*",
            ],
            new GitInput { Token = token, Limit = FetchLimit },
            cancellationToken);
        if (run.ExitCode == 0)
            return new Answer<Done>.Ok(default);

        NotFetched(repo, run.Error);
        return new Answer<Done>.Unknown($"git fetch: {run.Error}");
    }

    private async Task PrepareAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, "HEAD")))
        {
            Directory.CreateDirectory(folder);
            var run = await git.RunAsync(folder, ["init", "--quiet", "--bare", "--template=", folder], GitInput.None, cancellationToken);
            if (run.ExitCode != 0)
                throw new IOException($"git init: {run.Error}");
        }

        // Left by a git that was killed in the middle, a lock would stand in the way of every fetch to come.
        foreach (var left in Directory.EnumerateFiles(folder, "*.lock", SearchOption.AllDirectories).ToList())
        {
            if (time.GetUtcNow() - File.GetLastWriteTimeUtc(left) > StaleLock)
                File.Delete(left);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not fetch {Repo}: {Why}")]
    private partial void NotFetched(RepoRef repo, string why);
}
