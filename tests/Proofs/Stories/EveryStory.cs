using Muster.Demo.Staging;
using Muster.Demo.Stories;
using Muster.Demo.Telling;

namespace Muster.Proofs.Stories;

/// <summary>Plays stories of the demo in random order and with random settings; each must come true whatever these are.</summary>
public static class EveryStory
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    public static Proof Proof { get; } = new("stories", "every story comes true with one App or two, two slots to four, short or long gathering", 12, RunAsync);

    private static async Task<ProofOutcome> RunAsync(ProofRun run, CancellationToken cancellationToken)
    {
        var broken = new List<string>();
        var seconds = 0.0;
        var expectations = 0;
        for (var i = 0; i < run.Runs; i++)
        {
            var (story, setting) = Draw(run.Random);
            var which = $"{story.Name} ({(setting.TwoApps ? "two Apps" : "one App")}, {setting.Slots} slots, gathering {setting.Gather.TotalSeconds:0.0} s)";
            run.Words.WriteLine($"{i + 1}/{run.Runs}: {which}");
            var ending = await PlayAsync(story, setting, cancellationToken);
            seconds += ending.Took.TotalSeconds;
            expectations += story.Expectations.Count;
            broken.AddRange(story.Expectations.Where(e => !e.Holds(ending)).Select(e => $"{which}: {e.Says}"));
        }

        return new ProofOutcome(
            new Dictionary<string, double> { ["stories"] = run.Runs, ["expectations"] = expectations, ["seconds"] = Math.Round(seconds, 1) },
            broken);
    }

    private static (Story Story, StageOptions Setting) Draw(Random random)
    {
        var story = Muster.Demo.Stories.Catalogue.All[random.Next(Muster.Demo.Stories.Catalogue.All.Count)];
        var setting = new StageOptions
        {
            TwoApps = random.Next(2) == 0,
            // Side by side needs two.
            Slots = random.Next(2, 5),
            Gather = TimeSpan.FromSeconds(1 + random.NextDouble()),
        };
        return (story, setting);
    }

    private static async Task<Ending> PlayAsync(Story story, StageOptions setting, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        await using var stage = await Stage.SetAsync(setting, deadline.Token);
        return await new Playing(stage, story, new PlainTelling(TextWriter.Null)).PlayAsync(deadline.Token);
    }
}
