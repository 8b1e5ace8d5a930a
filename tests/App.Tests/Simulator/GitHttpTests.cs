using System.Security.Cryptography;
using System.Text;

namespace Muster.App.Tests.Simulator;

/// <summary>Stock git against the simulator.</summary>
public sealed class GitHttpTests(SimulatorFixture github) : IClassFixture<SimulatorFixture>
{
    [Fact]
    public async Task Clone_and_push_work_with_the_token_in_the_address_or_in_a_header()
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        using var work = GitRun.InTemporaryFolder();
        var token = await toy.AppTokenAsync(permissions: new { contents = "write" });
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + token));
        var header = $"http.extraHeader=Authorization: Basic {basic}";
        await work.OkAsync("-c", header, "clone", "-q", toy.CloneUrl, ".");
        await work.WriteAsync("a.txt", "two");
        await work.OkAsync("commit", "-q", "-a", "-m", "two");
        await work.OkAsync("-c", header, "push", "-q", "origin", "HEAD:refs/heads/muster/1/1");
        await work.OkAsync("push", "-q", toy.Authorized(github.Token("wes"), "wes"), "HEAD:refs/heads/other");
        Assert.Equal("two", await toy.Bare.OkAsync("show", "muster/1/1:a.txt"));
    }

    [Fact]
    public async Task A_large_push_in_chunks_arrives_whole()
    {
        var toy = await github.RepositoryAsync();
        using var work = await toy.CloneAsync("ann");
        var bytes = RandomNumberGenerator.GetBytes(3 * 1024 * 1024);
        await File.WriteAllBytesAsync(Path.Combine(work.Folder, "big.bin"), bytes);
        await work.OkAsync("add", ".");
        await work.OkAsync("commit", "-q", "-m", "big");
        // Above this buffer git sends chunked, and first asks with an empty request whether it may.
        await work.OkAsync("-c", "http.postBuffer=65536", "push", "-q", "origin", "HEAD:refs/heads/main");
        Assert.Equal("3145728", (await toy.Bare.OkAsync("cat-file", "-s", "main:big.bin")).Trim());
    }

    [Fact]
    public async Task A_fetch_with_many_haves_is_compressed_by_git_and_understood()
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        using var work = await toy.CloneAsync("ann");
        for (var n = 0; n < 40; n++)
            await work.OkAsync("commit", "-q", "--allow-empty", "-m", $"local {n}");
        await toy.PushAsync("main", "a.txt", "two");
        await work.OkAsync("fetch", "-q", "origin");
        Assert.Equal("two", await work.OkAsync("show", "origin/main:a.txt"));
    }

    [Theory]
    [InlineData("read", true, false)]
    [InlineData("write", true, true)]
    public async Task What_an_app_may_do_follows_from_its_contents_permission(string contents, bool mayFetch, bool mayPush)
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        await AssertMayAsync(toy, await toy.AppTokenAsync(permissions: new { contents }), mayFetch, mayPush);
    }

    [Fact]
    public async Task An_app_without_contents_may_neither_fetch_nor_push()
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        await AssertMayAsync(toy, await toy.AppTokenAsync(permissions: new { issues = "write" }), mayFetch: false, mayPush: false);
    }

    [Theory]
    [InlineData("wes", true, true)]
    [InlineData("tess", true, false)]
    [InlineData("rea", true, false)]
    [InlineData("sam", false, false)]
    public async Task What_a_person_may_do_follows_from_the_role(string login, bool mayFetch, bool mayPush)
    {
        var toy = await github.RepositoryAsync();
        await toy.PushAsync("main", "a.txt", "one");
        await AssertMayAsync(toy, github.Token(login), mayFetch, mayPush);
    }

    [Fact]
    public async Task Who_is_unknown_is_asked_and_who_is_known_hears_not_found()
    {
        var (toy, other) = (await github.RepositoryAsync(), await github.RepositoryAsync(apps: SimulatorFixture.Judge));
        async Task<int> Status(Toy at, string? token) =>
            (await github.GetAsync($"/acme/{at.Name}.git/info/refs?service=git-upload-pack", token)).Status;
        Assert.Equal(401, await Status(toy, null));
        Assert.Equal(401, await Status(toy, "ghs_" + new string('x', 36)));
        Assert.Equal(401, await Status(toy, github.Jwt()));
        Assert.Equal(404, await Status(toy, github.Token("sam")));
        Assert.Equal(404, await Status(other, await toy.AppTokenAsync()));
        Assert.Equal(200, await Status(toy, await toy.AppTokenAsync()));
    }

    [Fact]
    public async Task A_public_repository_is_cloned_by_anybody_and_pushed_by_nobody()
    {
        var toy = await github.RepositoryAsync(isPrivate: false);
        await toy.PushAsync("main", "a.txt", "one");
        using var work = GitRun.InTemporaryFolder();
        await work.OkAsync("clone", "-q", toy.CloneUrl, ".");
        Assert.NotEqual(0, await work.TryAsync("push", "-q", "origin", "HEAD:refs/heads/mine"));
    }

    [Fact]
    public async Task A_lease_that_no_longer_holds_refuses_the_push()
    {
        var toy = await github.RepositoryAsync();
        var first = await toy.PushAsync("main", "a.txt", "one");
        using var work = await toy.CloneAsync("wes");
        await toy.PushAsync("muster/1/1", "a.txt", "theirs", "origin/main");
        await work.OkAsync("commit", "-q", "--allow-empty", "-m", "mine");
        Assert.NotEqual(0, await work.TryAsync("push", "--force-with-lease=refs/heads/muster/1/1:", "origin", "HEAD:refs/heads/muster/1/1"));
        Assert.NotEqual(0, await work.TryAsync("push", $"--force-with-lease=refs/heads/muster/1/1:{first}", "origin", "HEAD:refs/heads/muster/1/1"));
        Assert.NotEqual(0, await work.TryAsync("push", "origin", "HEAD:refs/heads/muster/1/1"));
        Assert.Equal("theirs", await toy.Bare.OkAsync("show", "muster/1/1:a.txt"));
    }

    [Fact]
    public async Task The_refs_of_pull_requests_are_fetched_but_never_pushed()
    {
        var toy = await github.RepositoryAsync();
        var head = await toy.WithBranchAsync();
        await toy.PullAsync(github.Token("ann"));
        using var work = await toy.CloneAsync("ann");
        await work.OkAsync("fetch", "-q", "origin", "refs/pull/1/head");
        Assert.Equal(head, (await work.OkAsync("rev-parse", "FETCH_HEAD")).Trim());
        Assert.NotEqual(0, await work.TryAsync("push", "origin", "HEAD:refs/pull/1/head"));
    }

    private static async Task AssertMayAsync(Toy toy, string token, bool mayFetch, bool mayPush)
    {
        using var work = await toy.CloneAsync("ann");
        await work.OkAsync("commit", "-q", "--allow-empty", "-m", "attempt");
        Assert.Equal(mayFetch, await work.TryAsync("ls-remote", toy.Authorized(token)) == 0);
        Assert.Equal(mayPush, await work.TryAsync("push", "-q", toy.Authorized(token), "HEAD:refs/heads/attempt") == 0);
    }
}
