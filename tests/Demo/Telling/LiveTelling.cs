using System.Diagnostics;
using Muster.Core.Recorder;
using Muster.Demo.Stories;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Muster.Demo.Telling;

/// <summary>A table in the terminal: which issue is where, what happens now, and how long it has taken.</summary>
public sealed class LiveTelling(IAnsiConsole console) : ITelling
{
    private const int LastLines = 6;

    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Dictionary<int, string> now = [];
    private readonly Queue<string> said = new();
    private Story? playing;
    private IReadOnlyDictionary<string, int> numbers = new Dictionary<string, int>();
    private WaveStory? known;
    private LiveDisplayContext? display;

    /// <summary>Shows the table while <paramref name="play"/> runs.</summary>
    public async Task<T> WhileAsync<T>(Func<Task<T>> play) =>
        await console.Live(Render()).AutoClear(false).StartAsync(async context =>
        {
            display = context;
            try
            {
                return await play();
            }
            finally
            {
                Refresh();
                display = null;
            }
        });

    public void Says(string line)
    {
        said.Enqueue($"{Elapsed,6}  {line}");
        while (said.Count > LastLines)
        {
            said.Dequeue();
        }

        Refresh();
    }

    public void Asked(Story story, IReadOnlyDictionary<string, int> issues)
    {
        (playing, numbers) = (story, issues);
        Refresh();
    }

    public void Happened(IReadOnlyList<Recorded> fresh, WaveStory wave)
    {
        known = wave;
        foreach (var recorded in fresh)
        {
            if (EventWords.Of(recorded) is { } words)
            {
                if (recorded is { Issue: { } issue, Item: not null })
                {
                    now[issue.Value] = words[(words.IndexOf(' ', StringComparison.Ordinal) + 1)..];
                }

                Says(words);
            }
        }

        Refresh();
    }

    public void Quiet() => Refresh();

    private string Elapsed => $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s";

    private void Refresh() => display?.UpdateTarget(Render());

    private Rows Render()
    {
        var table = new Table().Border(TableBorder.Rounded).Expand()
            .AddColumn("issue", c => c.Width(5)).AddColumn("").AddColumn("state", c => c.Width(12)).AddColumn("pull", c => c.Width(4)).AddColumn("now");
        foreach (var issue in playing?.Issues ?? [])
        {
            var number = numbers[issue.Key];
            var item = known?.Items.GetValueOrDefault(number);
            table.AddRow(
                new Text($"#{number}"),
                new Text(issue.Title) { Overflow = Overflow.Ellipsis },
                new Text(item?.State ?? "open", Colour(item?.State)),
                new Text(item?.Pull is { } pull ? $"#{pull}" : ""),
                new Text(now.GetValueOrDefault(number, "")) { Overflow = Overflow.Ellipsis });
        }

        IEnumerable<IRenderable> lines = said.Select(l => new Text(l) { Overflow = Overflow.Ellipsis });
        return new Rows([table, .. lines, new Text($"{Elapsed} elapsed", new Style(decoration: Decoration.Bold))]);
    }

    private static Style Colour(string? state) => state switch
    {
        "ready" or "merged" => new Style(Color.Green),
        "parked" or "cancelled" => new Style(Color.Red),
        "superseded" => new Style(Color.Grey),
        "waiting" => new Style(Color.Yellow),
        null => Style.Plain,
        _ => new Style(Color.Aqua),
    };
}
