using System.Collections.Concurrent;
using System.Text;
using Muster.App.GitHub;
using Muster.App.Settings;
using Muster.Core;
using Muster.Core.Contracts;

namespace Muster.App.Mirror;

/// <summary>The app's own bare copies of repositories: tree, history, branches and the second gate run are read from here.</summary>
internal sealed class Mirrors(AppSettings settings, GitProcess git, InstallationTokens tokens)
{
    private const string Branches = "refs/heads/";

    private readonly ConcurrentDictionary<RepoId, SemaphoreSlim> turns = new();
    private readonly ConcurrentDictionary<(RepoId, CommitSha), IReadOnlySet<string>> tests = new();

    /// <summary>Brings every branch up to date; one fetch at a time for a repository.</summary>
    public async Task<Answer<Done>> FetchAsync(RepoRef repo, CancellationToken cancellationToken)
    {
        var turn = turns.GetOrAdd(repo.Id, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            var token = await tokens.GetAsync(GitHubIdentity.Author, repo, Act.Fetch, cancellationToken);
            return await token.ThenAsync(t => FetchAsync(repo, t.Token, cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Where a branch stood at the last fetch.</summary>
    public async Task<Answer<CommitSha>> HeadAsync(RepoRef repo, string branch, CancellationToken cancellationToken) =>
        (await BranchesAsync(repo, cancellationToken)).Then<CommitSha>(all =>
            all.TryGetValue(branch, out var head) ? new Answer<CommitSha>.Ok(head) : new Answer<CommitSha>.NotFound());

    public async Task<Answer<IReadOnlyDictionary<string, CommitSha>>> BranchesAsync(RepoRef repo, CancellationToken cancellationToken) =>
        (await RunAsync(repo, ["for-each-ref", "--format=%(objectname) %(refname)", Branches], null, cancellationToken))
        .Select(IReadOnlyDictionary<string, CommitSha> (r) => r.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[1][Branches.Length..], parts => new CommitSha(parts[0])));

    /// <summary>Every file at a commit.</summary>
    public async Task<Answer<IReadOnlyList<string>>> PathsAsync(RepoRef repo, CommitSha commit, CancellationToken cancellationToken) =>
        (await RunAsync(repo, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit.Value], null, cancellationToken))
        .Select(IReadOnlyList<string> (r) => r.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A file's text; not found where the commit has none there.</summary>
    public async Task<Answer<string>> ReadFileAsync(RepoRef repo, CommitSha commit, string path, CancellationToken cancellationToken) =>
        (await BlobsAsync(repo, [$"{commit.Value}:{path}"], cancellationToken)).Then<string>(blobs =>
            blobs.Values.SingleOrDefault() is { } bytes ? new Answer<string>.Ok(Encoding.UTF8.GetString(bytes)) : new Answer<string>.NotFound());

    /// <summary>The names of all tests at a commit, qualified and not; kept, because a commit never changes.</summary>
    public async Task<Answer<IReadOnlySet<string>>> TestNamesAsync(RepoRef repo, CommitSha commit, CancellationToken cancellationToken)
    {
        if (tests.TryGetValue((repo.Id, commit), out var known))
        {
            return new Answer<IReadOnlySet<string>>.Ok(known);
        }

        var paths = await PathsAsync(repo, commit, cancellationToken);
        var read = await paths.ThenAsync(all => BlobsAsync(repo, [.. all.Where(TestNames.MayBeIn).Select(p => $"{commit.Value}:{p}")], cancellationToken));
        var names = read.Select(IReadOnlySet<string> (blobs) => blobs
            .Where(b => b.Value is not null)
            .SelectMany(b => TestNames.In(b.Key[(b.Key.IndexOf(':', StringComparison.Ordinal) + 1)..], Encoding.UTF8.GetString(b.Value!)))
            .SelectMany(t => new[] { t.Name, t.Qualified })
            .ToHashSet(StringComparer.Ordinal));
        if (names is Answer<IReadOnlySet<string>>.Ok ok)
        {
            tests[(repo.Id, commit)] = ok.Value;
        }

        return names;
    }

    /// <summary>Objects by name, all in one process; null for one that is not there.</summary>
    public async Task<Answer<IReadOnlyDictionary<string, byte[]?>>> BlobsAsync(RepoRef repo, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return new Answer<IReadOnlyDictionary<string, byte[]?>>.Ok(new Dictionary<string, byte[]?>());
        }

        // A name with a line break in it cannot be asked for this way, and no path of ours has one.
        var asked = names.Where(n => !n.Contains('\n', StringComparison.Ordinal)).ToList();
        var input = Encoding.UTF8.GetBytes(string.Concat(asked.Select(n => $"{n}\n")));
        return (await RunAsync(repo, ["cat-file", "--batch"], input, cancellationToken)).Select(r => BatchReader.Read(asked, r.Output));
    }

    /// <summary>Runs a reading command; exit codes up to <paramref name="good"/> are an answer.</summary>
    public async Task<Answer<GitResult>> RunAsync(
        RepoRef repo, IReadOnlyList<string> arguments, byte[]? input, CancellationToken cancellationToken, int good = 0)
    {
        var folder = FolderOf(repo.Id);
        if (!Directory.Exists(folder))
        {
            return new Answer<GitResult>.Unknown("The mirror was not fetched yet.");
        }

        var result = await git.RunAsync(folder, arguments, input, null, cancellationToken);
        return result.ExitCode >= 0 && result.ExitCode <= good
            ? new Answer<GitResult>.Ok(result)
            : new Answer<GitResult>.Unknown($"git {arguments[0]}: {result.Error.Trim()}");
    }

    private async Task<Answer<Done>> FetchAsync(RepoRef repo, string token, CancellationToken cancellationToken)
    {
        var folder = FolderOf(repo.Id);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            var made = await git.RunAsync(folder, ["init", "--bare", "--quiet", "."], null, null, cancellationToken);
            if (!made.Succeeded)
            {
                Directory.Delete(folder, recursive: true);
                return new Answer<Done>.Unknown($"git init: {made.Error.Trim()}");
            }
        }

        var address = $"{settings.GitHub.Server.AbsoluteUri.TrimEnd('/')}/{repo.Name}.git";
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{token}"))}";
        var fetched = await git.RunAsync(
            folder,
            ["fetch", "--quiet", "--prune", "--no-tags", "--no-write-fetch-head", "--force", address, "+refs/heads/*:refs/heads/*"],
            null,
            basic,
            cancellationToken);
        return fetched.Succeeded ? new Answer<Done>.Ok(default) : new Answer<Done>.Unknown($"git fetch: {fetched.Error.Trim()}");
    }

    private string FolderOf(RepoId repo) => Path.Combine(settings.Mirror, $"{repo}.git");
}
