using System.Collections.Concurrent;
using Muster.Demo.Staging;
using Muster.Demo.Stories;
using Muster.Demo.Telling;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>Each story is played once, by separate processes from what <c>./bot build</c> left; many tests look at how it ended.</summary>
internal static class Played
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);
    private static readonly ConcurrentDictionary<(string, bool), Lazy<Task<Ending>>> Endings = new();

    // Three processes and up to three agents each: more than two of these at a time only wait for one another.
    private static readonly SemaphoreSlim Stages = new(2);

    public static Task<Ending> AsyncOf(string story, bool twoApps = true) =>
        Endings.GetOrAdd((story, twoApps), _ => new(() => PlayAsync(Catalogue.Find(story)!, new StageOptions { TwoApps = twoApps, Rest = TimeSpan.FromSeconds(8) }))).Value;

    /// <summary>Plays something that sets stages of its own, when it is its turn.</summary>
    public static async Task<T> InTurnAsync<T>(Func<Task<T>> play)
    {
        await Stages.WaitAsync();
        try
        {
            return await play();
        }
        finally
        {
            Stages.Release();
        }
    }

    public static Task<Ending> PlayAsync(Story story, StageOptions setting, Func<Stage, Ending, Task>? afterwards = null) => InTurnAsync(async () =>
    {
        Assert.Empty(story.FaultsOn(Places.Find().Project));
        using var deadline = new CancellationTokenSource(Longest);
        await using var stage = await Stage.SetAsync(setting, deadline.Token);
        var playing = new Playing(stage, story, new PlainTelling(TextWriter.Null));
        try
        {
            var ending = await playing.PlayAsync(deadline.Token);
            await (afterwards?.Invoke(stage, ending) ?? Task.CompletedTask);
            return ending;
        }
        catch (OperationCanceledException)
        {
            throw new StageException($"{story.Name} did not end; missing: {string.Join("; ", playing.Missing())}\n{Tails(stage)}");
        }
        catch (StageException failure)
        {
            throw new StageException($"{failure.Message}\n{Tails(stage)}");
        }
    });

    private static string Tails(Stage stage) =>
        string.Join('\n', stage.Logs.SelectMany(f => File.ReadLines(f).TakeLast(15).Prepend($"--- {Path.GetFileName(f)}")));
}
