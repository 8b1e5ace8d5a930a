using System.Diagnostics;
using Muster.Core;
using Muster.Core.Recorder;
using Muster.Core.Wire;
using Muster.Demo.Staging;
using Muster.Demo.Stories;

namespace Muster.Benchmarks;

/// <summary>
/// How long the control plane takes from the webhook to the agent's process, stage by stage, one issue at a time on
/// this repository, without gathering. What GitHub took is taken out: so many requests as its journal shows in a stage,
/// each at the price of one plain request to it, which is also the baseline.
/// </summary>
internal static class ControlPlane
{
    private const int Issues = 12;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static Benchmark Benchmark { get; } = new("control-plane", "webhook to agent process, by stage; the baseline is one request to the simulated GitHub", RunAsync);

    private static async Task<IReadOnlyList<Measured>> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        await using var stage = await Stage.SetAsync(new StageOptions { Gather = TimeSpan.Zero }, deadline.Token);
        var labelled = new Dictionary<int, DateTimeOffset>();
        for (var i = 1; i <= Issues; i++)
        {
            var number = await stage.Person.OpenIssueAsync($"Measure {i}", Issue(i).Body, deadline.Token);
            await stage.Person.LabelAsync(number, "agent:go", deadline.Token);
            await ReadyAsync(stage, number, deadline.Token);
        }

        var events = await stage.App.EventsAsync(0, deadline.Token);
        var journal = await stage.GitHub.JournalAsync(deadline.Token);
        foreach (var line in journal.Where(l => l is { Method: "POST", Actor.AppId: null } && l.Path.EndsWith("/labels", StringComparison.Ordinal)))
        {
            labelled[int.Parse(line.Path.Split('/')[^2], System.Globalization.CultureInfo.InvariantCulture)] = line.At;
        }

        var baseline = await RequestAsync(stage, deadline.Token);
        var calls = journal.Where(l => l.Actor.AppId is not null).Select(l => l.At).ToList();
        var spans = labelled.SelectMany(l => Spans(l.Key, l.Value, events)).ToList();
        return
        [
            .. spans.GroupBy(s => s.Stage).SelectMany(stageSpans => Figures(stageSpans.Key, [.. stageSpans.Select(s => Own(s, calls, baseline))], baseline)),
            .. Figures("label to agent, without its setup", [.. labelled.Keys.Select(n => spans.Where(s => s.Issue == n && s.IsControl).Sum(s => Own(s, calls, baseline)))], baseline),
        ];
    }

    private static StoryIssue Issue(int i) => new($"m{i}", "", "A file is wanted.")
    {
        Scope = [$"measured/{i}/**"],
        Files = [$"measured/{i}/file.txt"],
        Acceptance = [$"test -s measured/{i}/file.txt"],
        Script = FakeScript.First(Act.Write($"measured/{i}/file.txt", "measured\n")),
    };

    private static Task ReadyAsync(Stage stage, int issue, CancellationToken cancellationToken) => Poll.UntilAsync(
        async stop => (await stage.App.LookAsync("items", stop)).AsArray()
            .Any(i => i!["issue"]!.GetValue<int>() == issue && i["state"]!.GetValue<string>() == "ready") && await stage.GitHub.IsIdleAsync(stop),
        Poll.Often,
        cancellationToken);

    private static IEnumerable<Span> Spans(int issue, DateTimeOffset labelled, IReadOnlyList<Recorded> events)
    {
        var own = events.Where(e => e.Issue == new IssueNumber(issue)).ToList();
        DateTimeOffset At<T>(Func<T, bool>? fits = null) where T : FlightEvent => own.First(e => e.Event is T t && fits?.Invoke(t) != false).At;
        var accepted = At<FlightEvent.TriggerAccepted>();
        var queued = At<FlightEvent.JobQueued>(j => j.Job == JobKind.Implement);
        var leased = At<FlightEvent.JobLeased>(j => j.Job == JobKind.Implement);
        yield return new Span("label to accepted", issue, labelled, accepted, true);
        yield return new Span("accepted to planned and queued", issue, accepted, queued, true);
        yield return new Span("queued to claimed", issue, queued, leased, true);
        yield return new Span("claimed to agent (setup)", issue, leased, At<FlightEvent.AgentStarted>(a => a.Job == JobKind.Implement), false);
    }

    /// <summary>Milliseconds of a span that were ours.</summary>
    private static double Own(Span span, List<DateTimeOffset> calls, double request) =>
        Math.Max(0, (span.To - span.From).TotalMilliseconds - (request * calls.Count(c => c >= span.From && c < span.To)));

    private static async Task<double> RequestAsync(Stage stage, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < 50; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await stage.Person.LookAsync("issues/1", cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return At(times, 0.5);
    }

    private static IEnumerable<Measured> Figures(string what, List<double> values, double baseline) =>
        [new Measured($"{what}, median", "ms", At(values, 0.5), baseline), new Measured($"{what}, p99", "ms", At(values, 0.99), baseline)];

    private static double At(List<double> values, double share) => Math.Round(values.Order().ElementAt((int)Math.Ceiling((values.Count - 1) * share)), 2);

    private sealed record Span(string Stage, int Issue, DateTimeOffset From, DateTimeOffset To, bool IsControl);
}
