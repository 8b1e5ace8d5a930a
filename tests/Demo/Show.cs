using Muster.Demo.Staging;
using Muster.Demo.Stories;
using Muster.Demo.Summary;
using Muster.Demo.Telling;
using Spectre.Console;

namespace Muster.Demo;

/// <summary>One run of the demo: sets the stage, plays, tells, sums up, and says by its exit code whether all came true.</summary>
public sealed class Show(DemoOptions options)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    private readonly bool live = !options.Json && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;

    // With --json, standard output belongs to the document.
    private readonly TextWriter words = options.Json ? Console.Error : Console.Out;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        Stage? stage = null;
        Playing? playing = null;
        try
        {
            if (options.Story.FaultsOn(Places.Find().Project).ToList() is { Count: > 0 } faults)
            {
                return Fail(string.Join('\n', faults));
            }

            var setting = new StageOptions { TwoApps = options.TwoApps };
            stage = await Stage.SetAsync(setting, deadline.Token);
            foreach (var line in Addresses.Of(stage))
            {
                words.WriteLine(line);
            }

            var ending = await PlayAsync(stage, p => playing = p, deadline.Token);
            var code = Judge(ending);
            await KeepAsync(cancellationToken);
            return code;
        }
        catch (StageException failure)
        {
            return Fail(failure.Message, stage, failure.Log);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 130;
        }
        catch (OperationCanceledException)
        {
            var missing = playing?.Missing() ?? ["the stage"];
            return Fail($"After {Longest.TotalSeconds:0} s this is still missing: {string.Join("; ", missing)}.", stage);
        }
        finally
        {
            if (stage is not null)
            {
                await stage.DisposeAsync();
            }
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        if (!options.Keep)
        {
            return;
        }

        words.WriteLine("Everything keeps running; Ctrl-C ends it.");
        var ended = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(ended.SetResult);
        await ended.Task;
    }

    private async Task<Ending> PlayAsync(Stage stage, Action<Playing> started, CancellationToken cancellationToken)
    {
        if (live)
        {
            var telling = new LiveTelling(AnsiConsole.Console);
            return await telling.WhileAsync(() => Start(telling).PlayAsync(cancellationToken));
        }

        return await Start(new PlainTelling(words)).PlayAsync(cancellationToken);

        Playing Start(ITelling telling)
        {
            var playing = new Playing(stage, options.Story, telling);
            started(playing);
            return playing;
        }
    }

    /// <summary>Sums up and says which expectations did not come true.</summary>
    private int Judge(Ending ending)
    {
        words.WriteLine();
        foreach (var line in SummaryTable.Lines(ending))
        {
            words.WriteLine(line);
        }

        if (options.Json)
        {
            Console.Out.WriteLine(WaveSummary.Of(ending).ToJson());
        }

        var broken = ending.Story.Expectations.Where(e => !e.Holds(ending)).ToList();
        foreach (var expectation in broken)
        {
            Console.Error.WriteLine($"This did not come true: {expectation.Says}.");
        }

        return broken.Count == 0 ? 0 : 1;
    }

    private static int Fail(string message, Stage? stage = null, string? log = null)
    {
        Console.Error.WriteLine(message);
        foreach (var file in log is not null ? [log] : stage?.Logs ?? [])
        {
            Console.Error.WriteLine($"--- the end of {file}");
            foreach (var line in File.ReadLines(file).TakeLast(20))
            {
                Console.Error.WriteLine(line);
            }
        }

        return 1;
    }
}
