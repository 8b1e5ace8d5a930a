using System.Text.Json.Nodes;
using Muster.Core.Recorder;
using Muster.Demo.Staging;
using Muster.Demo.Stories;

namespace Muster.Benchmarks;

/// <summary>
/// Dispatches issues one after the other through the real programs, on a repository of 200 files, and reads the app's
/// own account of its stages. Gathering, setting up workspaces and what GitHub takes are not in it. The baseline is
/// taken in the same run: somebody who polls the same jobs once a second.
/// </summary>
internal static class Dispatch
{
    private const int WarmUp = 5;
    private const int Issues = 30;
    private const int Files = 200;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public static async Task<IReadOnlyList<Measured>> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Limit);
        using var folder = SmallRepository.Make(Files);
        await folder.CommitAsync(over.Token);
        var options = new StageOptions { Project = folder.Path, Slots = 1, Gather = TimeSpan.FromMilliseconds(40), Rest = TimeSpan.FromMinutes(5) };
        await using var stage = await Stage.SetAsync(options, over.Token);
        await using var poller = Poller.Start(stage);
        for (var i = 0; i < WarmUp; i++)
        {
            await DispatchAsync(stage, i, over.Token);
        }

        var warm = TimeProvider.System.GetUtcNow();
        for (var i = WarmUp; i < WarmUp + Issues; i++)
        {
            await DispatchAsync(stage, i, over.Token);
        }

        var stages = await stage.App.LookAsync($"timings?since={Uri.EscapeDataString(warm.ToString("O"))}", over.Token);
        return Figures(stages.AsArray(), await poller.LatenciesAsync(over.Token));
    }

    private static async Task DispatchAsync(Stage stage, int index, CancellationToken cancellationToken)
    {
        var file = SmallRepository.FileAt(index);
        var issue = new StoryIssue($"{index}", $"Renew {file}", "Write it anew.")
        {
            Files = [file],
            Script = FakeScript.First(Act.Write(file, $"line of issue {index}\n")),
        };
        var number = await stage.Person.OpenIssueAsync(issue.Title, issue.Body, cancellationToken);
        await stage.Person.LabelAsync(number, "agent:go", cancellationToken);
        long after = 0;
        await Poll.UntilAsync(
            async stop =>
            {
                var events = await stage.App.EventsAsync(after, stop);
                after = events.Count > 0 ? events[^1].Id : after;
                return events.Any(e => e.Issue?.Value == number && e.Event is FlightEvent.ItemMoved { To: "ready" });
            },
            Poll.Often,
            cancellationToken);
    }

    private static List<Measured> Figures(JsonArray stages, IReadOnlyList<double> polled)
    {
        var (slow50, slow99) = (At(polled, 0.5), At(polled, 0.99));
        var own = stages.Where(s => char.IsAsciiDigit(s!["stage"]!.GetValue<string>()[0])).ToList();
        var figures = own.Select(s => new Measured($"{Name(s!)}, p50", "ms", Value(s!, "p50"), slow50))
            .Concat(own.Select(s => new Measured($"{Name(s!)}, p99", "ms", Value(s!, "p99"), slow99)))
            .ToList();
        figures.Add(new Measured("webhook to agent, sum of p50", "ms", own.Sum(s => Value(s!, "p50")), slow50));
        figures.Add(new Measured("webhook to agent, sum of p99", "ms", own.Sum(s => Value(s!, "p99")), slow99));
        figures.Add(new Measured("baseline: seen by polling each second, p50", "ms", slow50, slow50));
        figures.Add(new Measured("baseline: seen by polling each second, p99", "ms", slow99, slow99));
        return figures;
    }

    private static string Name(JsonNode stage) => stage["stage"]!.GetValue<string>();

    private static double Value(JsonNode stage, string name) => stage[name]!.GetValue<double>();

    private static double At(IReadOnlyList<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
