using Muster.Demo.Staging;
using Muster.Demo.Stories;
using Muster.Demo.Telling;

namespace Muster.Proofs.Crashes;

/// <summary>Plays a short story in which app or runner dies at a named place and is started again, as a service manager would.</summary>
internal static class CrashPlay
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    /// <param name="point">Null plays it undisturbed.</param>
    /// <param name="app">Another build of the app; null for the published one.</param>
    /// <returns>How it ended, and whether the place was reached.</returns>
    public static async Task<(EndState State, bool Crashed)> PlayAsync(string? point, IReadOnlyList<string>? app, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        var setting = new StageOptions
        {
            Lease = TimeSpan.FromSeconds(4),
            Gather = TimeSpan.FromSeconds(1),
            // GitHub sends a webhook once: what came while the app was dead is only found by looking.
            ReconcileEvery = TimeSpan.FromSeconds(3),
            AppCommand = app,
        };
        await using var stage = await Stage.SetWithoutProgramsAsync(setting, deadline.Token);
        (string, string)[] crash = point is null ? [] : [("Muster__CrashAt", point)];
        var inApp = point?.StartsWith("app.", StringComparison.Ordinal) == true;
        await stage.StartAppAsync(deadline.Token, inApp ? crash : []);
        stage.StartRunner(inApp ? [] : crash);

        var playing = new Playing(stage, Demo.Stories.Catalogue.BetweenCrashes, new PlainTelling(TextWriter.Null)) { MayBeAway = true };
        using var over = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token);
        var reviving = ReviveAsync(stage, over.Token);
        try
        {
            var ending = await playing.PlayAsync(deadline.Token);
            await over.CancelAsync();
            return (EndState.Of(ending), await reviving);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StageException($"After a crash at {point ?? "no point"} this is still missing: {string.Join("; ", playing.Missing())}.");
        }
    }

    /// <summary>Starts again whatever died, until told to stop; true if anything did.</summary>
    private static async Task<bool> ReviveAsync(Stage stage, CancellationToken cancellationToken)
    {
        var crashed = false;
        try
        {
            while (true)
            {
                var (app, runner) = (stage.AppProcess!, stage.RunnerProcess!);
                await await Task.WhenAny(app.ExitedAsync(cancellationToken), runner.ExitedAsync(cancellationToken));
                crashed = true;
                if (app.HasExited)
                {
                    await stage.StartAppAsync(cancellationToken);
                }

                if (runner.HasExited)
                {
                    stage.StartRunner();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return crashed;
        }
    }
}
