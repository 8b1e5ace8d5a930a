using Muster.App.GitHub;
using Muster.App.Mirror;
using Muster.App.Tests.GitHub;
using Muster.Core;

namespace Muster.App.Tests.Mirror;

public sealed class FetchTests : IAsyncLifetime
{
    private Scene scene = null!;
    private Checkout checkout = null!;
    private Mirrors mirror = null!;

    public async Task InitializeAsync()
    {
        scene = await Scene.StartAsync();
        checkout = await Checkout.CreateAsync(scene);
        mirror = scene.Get<Mirrors>();
    }

    public async Task DisposeAsync()
    {
        checkout.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Branches_come_move_and_go_as_they_do_at_github()
    {
        var first = await checkout.CommitAsync(("a.txt", "one"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await checkout.PushAsync("HEAD:refs/heads/muster/12/1");
        await FetchedAsync();
        Assert.Equal(["main", "muster/12/1"], await BranchesAsync());
        Assert.Equal(first, await HeadAsync("main"));

        await checkout.GitAsync("commit", "--quiet", "--amend", "--message", "another history");
        var second = new CommitSha(await checkout.GitAsync("rev-parse", "HEAD"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await checkout.PushAsync(":refs/heads/muster/12/1");
        await FetchedAsync();

        Assert.Equal(["main"], await BranchesAsync());
        Assert.Equal(second, await HeadAsync("main"));
    }

    [Fact]
    public async Task An_empty_repository_is_fetched_and_has_no_branch()
    {
        await FetchedAsync();

        Assert.Empty(await BranchesAsync());
        Assert.IsType<Answer<CommitSha>.NotFound>(await mirror.HeadAsync(scene.Repo, "main", default));
    }

    [Fact]
    public async Task Before_the_first_fetch_nothing_is_known() =>
        Assert.IsType<Answer<CommitSha>.Unknown>(await mirror.HeadAsync(scene.Repo, "main", default));

    [Fact]
    public async Task It_fetches_with_a_token_that_can_only_read_contents_and_leaves_none_behind()
    {
        await checkout.CommitAsync(("a.txt", "one"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await FetchedAsync();

        var fetch = (await scene.JournalAsync()).Last(entry => entry["path"]!.GetValue<string>().EndsWith("git-upload-pack", StringComparison.Ordinal));
        var permissions = fetch["token"]!["permissions"]!.AsObject().Select(permission => $"{permission.Key}:{permission.Value}");
        Assert.Equal(["contents:read"], permissions.Except(["metadata:read"]));
        foreach (var file in Directory.EnumerateFiles(scene.Get<MirrorFolder>().PathOf(scene.Repo.Id), "*", SearchOption.AllDirectories))
            Assert.DoesNotContain("ghs_", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Many_who_fetch_at_once_all_get_it()
    {
        await checkout.CommitAsync(("a.txt", "one"));
        await checkout.PushAsync("HEAD:refs/heads/main");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => mirror.FetchAsync(scene.Repo, default)));

        Assert.All(answers, answer => Assert.IsType<Answer<Done>.Ok>(answer));
    }

    [Fact]
    public async Task Where_github_is_away_nothing_is_known_and_nothing_is_lost()
    {
        var head = await checkout.CommitAsync(("a.txt", "one"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await FetchedAsync();
        Directory.Move(scene.GitDirectory, scene.GitDirectory + ".away");

        Assert.IsType<Answer<Done>.Unknown>(await mirror.FetchAsync(scene.Repo, default));

        Assert.Equal(head, await HeadAsync("main"));
    }

    [Fact]
    public async Task A_repository_that_is_not_ours_is_unknown() =>
        Assert.IsType<Answer<Done>.Unknown>(
            await mirror.FetchAsync(new RepoRef(new RepoId(1), new RepoName("acme", "nothing")), default));

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_hook_in_the_mirror_never_runs()
    {
        await FetchedAsync();
        var hooks = Directory.CreateDirectory(Path.Combine(scene.Get<MirrorFolder>().PathOf(scene.Repo.Id), "hooks")).FullName;
        var hook = Path.Combine(hooks, "reference-transaction");
        await File.WriteAllTextAsync(hook, $"#!/bin/sh\ntouch {checkout["ran"]}\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await checkout.CommitAsync(("a.txt", "one"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await FetchedAsync();

        Assert.False(File.Exists(checkout["ran"]));
    }

    [Fact]
    public async Task An_object_that_means_harm_is_not_taken_in()
    {
        await checkout.CommitAsync(("config", "[core]\n\tfsmonitor = touch /tmp/harm\n"));
        var inner = await checkout.GitAsync("rev-parse", "HEAD^{tree}");
        await WriteTreeAsync(inner);

        Assert.Contains("hasDotgit", Assert.IsType<Answer<Done>.Unknown>(await mirror.FetchAsync(scene.Repo, default)).Why);
        Assert.Empty(await BranchesAsync());
    }

    [Fact]
    public async Task A_lock_that_a_dead_git_left_is_taken_away()
    {
        await checkout.CommitAsync(("a.txt", "one"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await FetchedAsync();
        var left = Path.Combine(scene.Get<MirrorFolder>().PathOf(scene.Repo.Id), "refs", "heads", "main.lock");
        await File.WriteAllTextAsync(left, "");
        File.SetLastWriteTimeUtc(left, scene.Time.GetUtcNow().UtcDateTime.AddHours(-1));

        var head = await checkout.CommitAsync(("a.txt", "two"));
        await checkout.PushAsync("HEAD:refs/heads/main");
        await FetchedAsync();

        Assert.Equal(head, await HeadAsync("main"));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        await using var stub = await StubGitHub.StartAsync();
        await using var app = await stub.StartAppAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stub.Answers = async http =>
        {
            // The app asks for more than this by itself; only git's own question starts the clock.
            if (http.Request.Path.Value!.EndsWith("/info/refs", StringComparison.Ordinal))
                asked.TrySetResult();
            await over.Task;
        };

        var fetch = app.Get<Mirrors>().FetchAsync(StubGitHub.Repo, default);
        await asked.Task;
        app.Time.Advance(TimeSpan.FromMinutes(6));

        Assert.Contains("did not end within", Assert.IsType<Answer<Done>.Unknown>(await fetch).Why);
        over.SetResult();
    }

    private async Task FetchedAsync() => Assert.IsType<Answer<Done>.Ok>(await mirror.FetchAsync(scene.Repo, default));

    private async Task<IEnumerable<string>> BranchesAsync() =>
        Assert.IsType<Answer<IReadOnlyDictionary<string, CommitSha>>.Ok>(await mirror.BranchesAsync(scene.Repo, default)).Value.Keys.Order();

    private async Task<CommitSha> HeadAsync(string branch) =>
        Assert.IsType<Answer<CommitSha>.Ok>(await mirror.HeadAsync(scene.Repo, branch, default)).Value;

    // Straight into the simulator's repository: no honest git would push it.
    private async Task WriteTreeAsync(string inner)
    {
        await checkout.PushAsync("HEAD:refs/heads/good");
        var entry = new List<byte>("40000 .git\0"u8.ToArray());
        entry.AddRange(Convert.FromHexString(inner));
        await File.WriteAllBytesAsync(checkout["tree"], [.. entry]);
        var tree = await checkout.GitAsync("--git-dir", scene.GitDirectory, "hash-object", "-t", "tree", "-w", "--literally", checkout["tree"]);
        var commit = await checkout.GitAsync("--git-dir", scene.GitDirectory, "commit-tree", tree, "-m", "harm");
        await checkout.GitAsync("--git-dir", scene.GitDirectory, "update-ref", "refs/heads/good", commit);
    }
}
