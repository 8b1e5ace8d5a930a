using System.Diagnostics;
using Muster.Demo.Staging;
using Muster.Demo.Stories;
using Muster.Demo.Telling;

namespace Muster.Proofs.Crashes;

/// <summary>How one play went.</summary>
/// <param name="Things">What stood at its end; null where it never came to one.</param>
/// <param name="Fault">Why it did not, in words.</param>
internal sealed record Played(IReadOnlyList<Thing>? Things, string? Fault, TimeSpan Took);

/// <summary>
/// Plays the story once. The process that holds the point dies there by SIGKILL and is started again where it was, on
/// the same port and files, without the point.
/// </summary>
/// <param name="app">The app's command line; null for the published app.</param>
internal sealed class CrashPlay(string? point, IReadOnlyList<string>? app = null)
{
    public const string Variable = "Muster__CrashAt";
    private const int Sigkill = 9;

    // What the shell says of a process that a signal ended.
    private const int KilledCode = 128 + Sigkill;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(180);

    private readonly bool inRunner = point is not null && CrashPoints.IsInRunner(point);

    private readonly StageOptions setting = new()
    {
        Slots = 2,
        Gather = TimeSpan.FromSeconds(0.8),
        Rest = TimeSpan.FromSeconds(1.5),
        // Neither a dead runner's job nor a webhook that found no app shall be waited for long.
        Lease = TimeSpan.FromSeconds(3),
        ReconcileEvery = TimeSpan.FromSeconds(3),
        AppCommand = app,
        KeepFolder = true,
    };

    public async Task<Played> PlayAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        Stage? stage = null;
        Playing? playing = null;
        try
        {
            stage = await Stage.SetWithoutProgramsAsync(setting, deadline.Token);
            playing = new Playing(stage, Demo.Stories.Catalogue.BetweenCrashes, new PlainTelling(TextWriter.Null)) { MayBeAway = true };
            var things = await PlayAsync(stage, playing, deadline.Token);
            await LeaveAsync(stage, keep: false);
            return new Played(things, null, Stopwatch.GetElapsedTime(began));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var missing = playing?.Missing() ?? ["the stage"];
            return await FailAsync($"not over after {Longest.TotalSeconds:0} s; missing: {string.Join(", ", missing)}");
        }
        catch (StageException failure)
        {
            return await FailAsync(failure.Message);
        }

        async Task<Played> FailAsync(string why)
        {
            await LeaveAsync(stage, keep: true);
            return new Played(null, $"{why} (logs: {stage?.Folder})", Stopwatch.GetElapsedTime(began));
        }
    }

    private async Task<IReadOnlyList<Thing>> PlayAsync(Stage stage, Playing playing, CancellationToken cancellationToken)
    {
        var armed = await StartAsync(stage, cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dying = armed is null ? Task.CompletedTask : ReviveAsync(stage, armed, over.Token);
        var story = playing.PlayAsync(over.Token);
        try
        {
            // A process that dies in another way than it should ends the play.
            await (await Task.WhenAny(story, dying) == dying ? dying : story);
            var ending = await story;
            if (!dying.IsCompleted)
            {
                throw new StageException("never reached: the story ended and nothing had died");
            }

            return [.. await Aftermath.OfAsync(stage, ending, cancellationToken), .. await Leftovers.OfAsync(stage, cancellationToken)];
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(dying, story).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Starts app and runner; the one that holds the point is returned.</summary>
    private async Task<StagedProcess?> StartAsync(Stage stage, CancellationToken cancellationToken)
    {
        (string, string)[] armed = point is null ? [] : [(Variable, point)];
        var appProcess = await stage.StartAppAsync(cancellationToken, inRunner ? [] : armed);
        var runnerProcess = stage.StartRunner(inRunner ? armed : []);
        return point is null ? null : inRunner ? runnerProcess : appProcess;
    }

    private async Task ReviveAsync(Stage stage, StagedProcess armed, CancellationToken cancellationToken)
    {
        var code = await armed.ExitedAsync(cancellationToken);
        if (code != KilledCode)
        {
            throw new StageException($"the {armed.Name} ended with {code} instead of by SIGKILL", armed.Log);
        }

        if (inRunner)
        {
            stage.StartRunner();
        }
        else
        {
            await stage.StartAppAsync(cancellationToken);
        }
    }

    private static async Task LeaveAsync(Stage? stage, bool keep)
    {
        if (stage is null)
        {
            return;
        }

        await stage.DisposeAsync();
        if (!keep)
        {
            Directory.Delete(stage.Folder, recursive: true);
        }
    }
}
