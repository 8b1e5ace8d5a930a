using System.Diagnostics;
using Muster.Core;

namespace Muster.Runner.Tests;

/// <summary>A bare repository as a forge has it, with one commit.</summary>
public sealed class OriginRepository
{
    public OriginRepository(string root, string name = "acme/widgets.git")
    {
        Path = System.IO.Path.Combine(root, name);
        Directory.CreateDirectory(Path);
        Git("init", "-q", "--bare", "-b", "main");
        Git("config", "http.receivepack", "true");
        Main = Commit("main", null, ("README.md", "widgets\n"), ("src/one.txt", "one\n"), ("src/two.txt", "two\n"));
    }

    public string Path { get; }

    public CommitSha Main { get; private set; }

    /// <summary>Makes a commit with exactly these files on a branch.</summary>
    public CommitSha Commit(string branch, CommitSha? parent, params (string File, string Text)[] files)
    {
        var index = System.IO.Path.Combine(Path, "index-" + Guid.NewGuid());
        foreach (var (file, text) in files)
            Run(index, "", "update-index", "--add", "--cacheinfo", $"100644,{Run(index, text, "hash-object", "-w", "--stdin")},{file}");
        var tree = Run(index, "", "write-tree");
        File.Delete(index);
        string[] parents = parent is { } p ? ["-p", p.Value] : [];
        var commit = Run(index, "work\n\nMuster-Job: 1.1\n", ["commit-tree", .. parents, "-F", "-", tree]);
        Git("update-ref", $"refs/heads/{branch}", commit);
        return new CommitSha(commit);
    }

    public string Git(params string[] arguments) => Run("", "", arguments);

    public string? Branch(string name) => Try("rev-parse", "--verify", "-q", $"refs/heads/{name}");

    private string? Try(params string[] arguments)
    {
        try
        {
            return Git(arguments);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string Run(string index, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", Path, "-c", "safe.directory=*", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["GIT_AUTHOR_NAME"] = "A Person",
                ["GIT_AUTHOR_EMAIL"] = "person@example.com",
                ["GIT_COMMITTER_NAME"] = "A Person",
                ["GIT_COMMITTER_EMAIL"] = "person@example.com",
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            },
        };
        if (index.Length > 0)
            start.Environment["GIT_INDEX_FILE"] = index;
        using var git = Process.Start(start)!;
        git.StandardInput.Write(input);
        git.StandardInput.Close();
        var said = git.StandardOutput.ReadToEnd().Trim();
        var errors = git.StandardError.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? said : throw new InvalidOperationException($"git {arguments[0]}: {errors}");
    }
}
