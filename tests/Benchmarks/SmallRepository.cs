using System.Globalization;
using Muster.Demo.Staging;

namespace Muster.Benchmarks;

/// <summary>A repository that is made for a benchmark and goes with it: small text files in folders of ten.</summary>
internal sealed class SmallRepository : IDisposable
{
    private SmallRepository(string path) => Path = path;

    public string Path { get; }

    public static string FileAt(int index) => string.Create(CultureInfo.InvariantCulture, $"part{index / 10}/file{index}.txt");

    public static SmallRepository Make(int files)
    {
        var repository = new SmallRepository(Directory.CreateTempSubdirectory("muster-bench").FullName);
        for (var i = 0; i < files; i++)
        {
            var file = System.IO.Path.Combine(repository.Path, FileAt(i));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, string.Concat(Enumerable.Range(0, 20).Select(line => $"line {line} of file {i}\n")));
        }

        return repository;
    }

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var git = new Git(Path);
        await git.RunAsync(cancellationToken, "init", "-q");
        await git.RunAsync(cancellationToken, "add", "--all");
        await git.RunAsync(cancellationToken, "commit", "-q", "-m", "A small repository");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
