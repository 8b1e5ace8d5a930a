using System.Text;
using Muster.App.GitHub;
using Muster.Core;
using Muster.Core.Contracts;

namespace Muster.App.Mirror;

/// <summary>
/// The app's own bare copies of repositories: tree, history, branches and the second gate run are read from here, as
/// git's objects and as they were fetched last.
/// </summary>
internal sealed class Mirrors(MirrorFolder folder, GitProcess git)
{
    private const string Heads = "refs/heads/";
    private const int LargestFile = 1024 * 1024;

    // Whatever TestNames can find has one of these words in it, and most files have none.
    private const string TestMarks = @"Fact|Theory|Test|Property|Benchmark|Fuzz|Example|test|describe|suite|(^|[^A-Za-z0-9_])it[.( ]";

    private readonly ByCommit<IReadOnlyList<string>> paths = new(64);
    private readonly ByCommit<IReadOnlySet<string>> tests = new(64);

    /// <summary>Brings every branch up to date; one fetch at a time for a repository.</summary>
    public Task<Answer<Done>> FetchAsync(RepoRef repo, CancellationToken cancellationToken) => folder.FetchAsync(repo, cancellationToken);

    /// <summary>Where a branch stood at the last fetch.</summary>
    public async Task<Answer<CommitSha>> HeadAsync(RepoRef repo, string branch, CancellationToken cancellationToken) =>
        (await BranchesAsync(repo, cancellationToken)).Then<CommitSha>(all =>
            all.TryGetValue(branch, out var head) ? new Answer<CommitSha>.Ok(head) : new Answer<CommitSha>.NotFound());

    public async Task<Answer<IReadOnlyDictionary<string, CommitSha>>> BranchesAsync(RepoRef repo, CancellationToken cancellationToken) =>
        (await RunAsync(repo, ["for-each-ref", "--format=%(objectname) %(refname)", Heads], null, cancellationToken))
        .Select(IReadOnlyDictionary<string, CommitSha> (r) => r.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(parts => parts[1][Heads.Length..], parts => new CommitSha(parts[0])));

    /// <summary>Every file at a commit.</summary>
    public Task<Answer<IReadOnlyList<string>>> PathsAsync(RepoRef repo, CommitSha commit, CancellationToken cancellationToken) =>
        paths.GetAsync(repo.Id, commit, async () =>
            (await RunAsync(repo, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", GitObjects.Checked(commit)], null, cancellationToken))
            .Select(IReadOnlyList<string> (r) => r.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>A file's text; not found where the commit has none there, refused with 413 where it is over a megabyte.</summary>
    public async Task<Answer<string>> ReadFileAsync(RepoRef repo, CommitSha commit, string path, CancellationToken cancellationToken)
    {
        // To git a leading dot means "from here", and there is no here.
        if (path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal))
            return new Answer<string>.NotFound();
        var blobs = await BlobsAsync(repo, [$"{GitObjects.Checked(commit)}:{path}"], cancellationToken);
        // A commit that was never fetched has no files either, and that says nothing about it.
        if (blobs is Answer<IReadOnlyDictionary<string, byte[]?>>.Ok { Value: var one } && one.Values.All(bytes => bytes is null))
            return (await RunAsync(repo, ["cat-file", "-e", $"{commit}^{{commit}}"], null, cancellationToken))
                .Then<string>(_ => new Answer<string>.NotFound());
        return blobs.Then<string>(found => found.Values.SingleOrDefault() switch
        {
            null => new Answer<string>.NotFound(),
            { Length: > LargestFile } => new Answer<string>.Refused(413, $"{path} is larger than {LargestFile >> 20} MB"),
            var bytes => new Answer<string>.Ok(Encoding.UTF8.GetString(bytes)),
        });
    }

    /// <summary>The names of all tests at a commit, qualified and not; kept, because a commit never changes.</summary>
    public Task<Answer<IReadOnlySet<string>>> TestNamesAsync(RepoRef repo, CommitSha commit, CancellationToken cancellationToken) =>
        tests.GetAsync(repo.Id, commit, async () =>
        {
            // Exit code 1 means that no file has a mark.
            var marked = await RunAsync(
                repo, ["grep", "-l", "-z", "-I", "-E", "--full-name", TestMarks, GitObjects.Checked(commit)], null, cancellationToken, good: 1);
            // git prints "commit:path", which is how an object is asked for as well.
            var files = marked.Select(r => r.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(TestNames.MayBeIn).ToList());
            var read = await files.ThenAsync(found => BlobsAsync(repo, found, cancellationToken));
            return read.Select(IReadOnlySet<string> (blobs) => (
                from blob in blobs
                where blob.Value is { Length: <= LargestFile }
                from test in TestNames.In(blob.Key[(blob.Key.IndexOf(':', StringComparison.Ordinal) + 1)..], Encoding.UTF8.GetString(blob.Value))
                from name in new[] { test.Name, test.Qualified }
                select name).ToHashSet(StringComparer.Ordinal));
        });

    /// <summary>Files by <c>commit:path</c> or object id, all in one process; null for one that is not there.</summary>
    public async Task<Answer<IReadOnlyDictionary<string, byte[]?>>> BlobsAsync(RepoRef repo, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        // NUL ends a name: no path has one, so whatever is asked for with one is not there.
        var asked = names.Where(name => !name.Contains('\0', StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        return asked.Count == 0
            ? new Answer<IReadOnlyDictionary<string, byte[]?>>.Ok(new Dictionary<string, byte[]?>())
            : (await RunAsync(repo, GitObjects.Arguments, GitObjects.Names(asked), cancellationToken))
            .Select(IReadOnlyDictionary<string, byte[]?> (r) => GitObjects.Read(r.Output, asked));
    }

    /// <summary>Runs a reading command; exit codes up to <paramref name="good"/> are an answer.</summary>
    public async Task<Answer<GitRun>> RunAsync(
        RepoRef repo, IReadOnlyList<string> arguments, byte[]? input, CancellationToken cancellationToken, int good = 0)
    {
        var path = folder.PathOf(repo.Id);
        if (!Directory.Exists(path))
            return new Answer<GitRun>.Unknown("The mirror was not fetched yet.");
        try
        {
            var run = await git.RunAsync(path, arguments, new GitInput { Bytes = input ?? [] }, cancellationToken);
            return run.ExitCode >= 0 && run.ExitCode <= good
                ? new Answer<GitRun>.Ok(run)
                : new Answer<GitRun>.Unknown($"git {arguments[0]}: {run.Error}");
        }
        catch (IOException fault)
        {
            return new Answer<GitRun>.Unknown(fault.Message);
        }
    }
}
