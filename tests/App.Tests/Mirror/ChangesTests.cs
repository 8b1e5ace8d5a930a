using Muster.App.GitHub;
using Muster.App.Mirror;
using Muster.Core.Wire;

namespace Muster.App.Tests.Mirror;

public sealed class ChangesTests : IAsyncLifetime
{
    private Scene scene = null!;
    private Checkout checkout = null!;
    private MirrorChange changes = null!;

    public async Task InitializeAsync()
    {
        scene = await Scene.StartAsync();
        checkout = await Checkout.CreateAsync(scene);
        changes = scene.Get<MirrorChange>();
    }

    public async Task DisposeAsync()
    {
        checkout.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task A_change_is_read_with_both_sides_of_every_file()
    {
        var from = await checkout.CommitAsync(("kept.txt", "old\n"), ("gone.txt", "bye\n"), ("same.txt", "same\n"));
        var head = await checkout.CommitAsync(("kept.txt", "new\n"), ("gone.txt", null), ("come.txt", "hello\n"), ("a.bin", "\0\u0001"));
        await FetchedAsync();

        var change = Value(await changes.ReadAsync(scene.Repo, from, from, head, default));

        Assert.True(change.Moved);
        Assert.Equal(
            [
                ("a.bin", FileStatus.Added, null, null, true),
                ("come.txt", FileStatus.Added, null, "hello\n", false),
                ("gone.txt", FileStatus.Deleted, "bye\n", null, false),
                ("kept.txt", FileStatus.Modified, "old\n", "new\n", false),
            ],
            change.Files.Select(file => (file.Path, file.Status, file.Before, file.After, file.Binary)));
    }

    [Fact]
    public async Task A_commit_that_changes_nothing_has_not_moved()
    {
        var from = await checkout.CommitAsync(("a.txt", "one"));
        var head = await checkout.CommitAsync();
        await FetchedAsync();

        var change = Value(await changes.ReadAsync(scene.Repo, from, from, head, default));

        Assert.False(change.Moved);
        Assert.Empty(change.Files);
    }

    [Fact]
    public async Task Where_a_removed_name_is_still_used_the_places_are_given()
    {
        var from = await checkout.CommitAsync(
            ("src/Till.cs", "namespace Shop;\npublic static class Till\n{\n    public static int Sum(int a, int b) => a + b;\n    public static int Count() => 1;\n}\n"),
            ("src/Door.cs", "namespace Shop;\npublic static class Door\n{\n    public static int Open() => Till.Sum(1, 2);\n}\n"));
        var head = await checkout.CommitAsync(
            ("src/Till.cs", "namespace Shop;\npublic static class Till\n{\n    public static int Count() => 1;\n}\n"));
        await FetchedAsync();

        var change = Value(await changes.ReadAsync(scene.Repo, from, from, head, default));

        Assert.Equal([new Place("src/Door.cs", 4)], change.References["Sum"]);
    }

    [Fact]
    public async Task Of_a_commit_that_was_not_fetched_nothing_is_known()
    {
        var head = await checkout.CommitAsync(("a.txt", "one"));
        await FetchedAsync();
        var later = await checkout.CommitAsync(("a.txt", "two"));

        Assert.IsType<Answer<Change>.Unknown>(await changes.ReadAsync(scene.Repo, head, head, later, default));
    }

    private async Task FetchedAsync()
    {
        await checkout.PushAsync("HEAD:refs/heads/main");
        Value(await scene.Get<Mirrors>().FetchAsync(scene.Repo, default));
    }

    private static T Value<T>(Answer<T> answer) => Assert.IsType<Answer<T>.Ok>(answer).Value;
}
