using System.Diagnostics;
using Muster.Core.Recorder;
using Muster.Demo.Stories;

namespace Muster.Demo.Telling;

/// <summary>One line for each thing that happens, for logs and pipes.</summary>
public sealed class PlainTelling(TextWriter output) : ITelling
{
    private readonly long began = Stopwatch.GetTimestamp();

    public void Says(string line) => output.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds,6:0.0}  {line}");

    public void Asked(Story story, IReadOnlyDictionary<string, int> issues)
    {
        foreach (var issue in story.Issues)
        {
            Says($"#{issues[issue.Key]} ({issue.Key}) {issue.Title}");
        }
    }

    public void Happened(IReadOnlyList<Recorded> fresh, WaveStory wave)
    {
        foreach (var words in fresh.Select(EventWords.Of).OfType<string>())
        {
            Says(words);
        }
    }

    public void Quiet()
    {
    }
}
