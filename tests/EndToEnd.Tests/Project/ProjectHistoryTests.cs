using Muster.Demo.Staging;

namespace Muster.EndToEnd.Tests.Project;

/// <summary>The demo plays on this project's tree, however that came to this machine.</summary>
public sealed class ProjectHistoryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("muster-history-").FullName;

    [Fact]
    public async Task A_clone_is_pushed_with_its_whole_history()
    {
        var project = await ProjectAsync();

        Assert.Equal(["second", "first"], await PushedAsync(project));
    }

    [Fact]
    public async Task A_detached_head_is_no_obstacle()
    {
        var project = await ProjectAsync();
        await new Git(project).RunAsync(CancellationToken.None, "checkout", "-q", "--detach", "HEAD~1");

        Assert.Equal(["first"], await PushedAsync(project));
    }

    [Fact]
    public async Task A_shallow_clone_becomes_one_commit()
    {
        var whole = await ProjectAsync();
        var project = Path.Combine(folder, "shallow");
        await new Git(folder).RunAsync(CancellationToken.None, "clone", "-q", "--depth", "1", $"file://{whole}", project);

        Assert.Equal(["The tree as it lies here"], await PushedAsync(project));
    }

    [Fact]
    public async Task An_archive_without_history_becomes_one_commit_of_its_sources()
    {
        var project = Path.Combine(folder, "archive");
        Write(project, "code.txt", "code");
        Write(project, "artifacts/built.txt", "built");

        Assert.Equal(["The tree as it lies here"], await PushedAsync(project));
        Assert.Equal("code.txt", await Remote("ls-tree", "-r", "--name-only", "main"));
    }

    [Fact]
    public async Task An_archive_unpacked_inside_somebodys_repository_is_not_that_repository()
    {
        var outer = await ProjectAsync();
        var project = Path.Combine(outer, "inner");
        Write(project, "code.txt", "code");

        Assert.Equal(["The tree as it lies here"], await PushedAsync(project));
        Assert.Equal("code.txt", await Remote("ls-tree", "-r", "--name-only", "main"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<string> ProjectAsync()
    {
        var project = Path.Combine(folder, "project");
        await new Git(folder).RunAsync(CancellationToken.None, "init", "-q", project);
        foreach (var name in new[] { "first", "second" })
        {
            Write(project, $"{name}.txt", name);
            await new Git(project).RunAsync(CancellationToken.None, "add", "--all");
            await new Git(project).RunAsync(CancellationToken.None, "commit", "-q", "-m", name);
        }

        return project;
    }

    /// <summary>Subjects of the commits that arrived, newest first.</summary>
    private async Task<string[]> PushedAsync(string project)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(folder, "scratch")).FullName;
        await new Git(folder).RunAsync(CancellationToken.None, "init", "-q", "--bare", "remote.git");
        await ProjectHistory.PushAsync(project, Path.Combine(folder, "remote.git"), "token", "main", scratch, CancellationToken.None);
        return (await Remote("log", "--format=%s", "main")).Split('\n');
    }

    private Task<string> Remote(params string[] arguments) => new Git(Path.Combine(folder, "remote.git")).RunAsync(CancellationToken.None, arguments);

    private static void Write(string project, string name, string text)
    {
        var file = Path.Combine(project, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
