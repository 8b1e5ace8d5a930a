using Muster.App.GitHub;
using Muster.App.Mirror;
using Muster.Core;

namespace Muster.App.Tests.Mirror;

public sealed class TreeTests : IAsyncLifetime
{
    private const string Strange = "a \"strange\"\nname: é 😀.txt";
    private static readonly CommitSha Nowhere = new(new string('0', 40));
    private Scene scene = null!;
    private Checkout checkout = null!;
    private Mirrors tree = null!;

    public async Task InitializeAsync()
    {
        scene = await Scene.StartAsync();
        checkout = await Checkout.CreateAsync(scene);
        tree = scene.Get<Mirrors>();
    }

    public async Task DisposeAsync()
    {
        checkout.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Every_path_is_listed_whatever_is_in_its_name()
    {
        var head = await FetchedAsync(("src/a.cs", "x"), (Strange, "y"), ("-rf", "z"));

        Assert.Equal(["-rf", Strange, "src/a.cs"], Value(await tree.PathsAsync(scene.Repo, head, default)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_is_read_whatever_is_in_its_name()
    {
        var head = await FetchedAsync((Strange, "found"), (".github/muster.yml", "waiting: merge\n"));

        Assert.Equal("found", Value(await tree.ReadFileAsync(scene.Repo, head, Strange, default)));
        Assert.Equal("waiting: merge\n", Value(await tree.ReadFileAsync(scene.Repo, head, ".github/muster.yml", default)));
    }

    [Theory]
    [InlineData("nothing.txt")]
    [InlineData("src")]
    [InlineData("../a.cs")]
    [InlineData("./src/a.cs")]
    [InlineData("a missing\nname")]
    [InlineData("nul\0")]
    [InlineData("")]
    public async Task What_is_no_file_is_not_found(string path)
    {
        var head = await FetchedAsync(("src/a.cs", "x"));

        Assert.IsType<Answer<string>.NotFound>(await tree.ReadFileAsync(scene.Repo, head, path, default));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        var head = await FetchedAsync(("large.txt", new string('x', (1024 * 1024) + 1)));

        Assert.IsType<Answer<string>.Refused>(await tree.ReadFileAsync(scene.Repo, head, "large.txt", default));
    }

    [Fact]
    public async Task Of_a_commit_that_was_not_fetched_nothing_is_known()
    {
        await FetchedAsync(("src/a.cs", "x"));

        Assert.IsType<Answer<IReadOnlyList<string>>.Unknown>(await tree.PathsAsync(scene.Repo, Nowhere, default));
        Assert.IsType<Answer<string>.Unknown>(await tree.ReadFileAsync(scene.Repo, Nowhere, "src/a.cs", default));
        Assert.IsType<Answer<IReadOnlySet<string>>.Unknown>(await tree.TestNamesAsync(scene.Repo, Nowhere, default));
    }

    [Theory]
    [InlineData("--output=/tmp/x")]
    [InlineData("main")]
    [InlineData("HEAD")]
    public async Task Only_a_full_commit_id_reaches_git(string commit) =>
        await Assert.ThrowsAsync<ArgumentException>(() => tree.PathsAsync(scene.Repo, new CommitSha(commit), default));

    [Fact]
    public async Task The_tests_of_a_tree_are_found_by_name()
    {
        var head = await FetchedAsync(
            ("tests/LexerTests.cs", "namespace Shop;\npublic class LexerTests\n{\n    [Fact]\n    public void Reads_hex() { }\n}\n"),
            ("tests/test_till.py", "def test_opens():\n    pass\n"),
            ("src/Lexer.cs", "namespace Shop;\npublic class Lexer { public void Read() { } }\n"),
            ("notes.md", "[Fact] public void Not_a_test() {}\n"));

        Assert.Equal(
            ["Reads_hex", "Shop.LexerTests.Reads_hex", "test_opens", "tests/test_till.py::test_opens"],
            Value(await tree.TestNamesAsync(scene.Repo, head, default)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tree_without_tests_has_none() =>
        Assert.Empty(Value(await tree.TestNamesAsync(scene.Repo, await FetchedAsync(("a.txt", "x")), default)));

    private async Task<CommitSha> FetchedAsync(params (string Path, string? Text)[] files)
    {
        var head = await checkout.CommitAsync(files);
        await checkout.PushAsync("HEAD:refs/heads/main");
        Value(await scene.Get<Mirrors>().FetchAsync(scene.Repo, default));
        return head;
    }

    private static T Value<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Ok>(answer).Value;
}
