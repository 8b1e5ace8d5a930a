namespace Muster.Core.Recorder;

/// <summary>The numbers of one wave. Each is a count over the items' stories.</summary>
/// <param name="Items">Issues that were asked for.</param>
/// <param name="Ready">Passed and waiting for a person, or merged.</param>
/// <param name="ReworkRounds">Fix rounds that blocking verdicts started.</param>
/// <param name="RefusedAttempts">Attempts that the gates sent back.</param>
/// <param name="Interventions">What people did to keep items going or to stop them; machines and merges do not count.</param>
/// <param name="FirstPass">Items approved in round 0 on the first attempt.</param>
public sealed record Metrics(
    int Items,
    int Ready,
    int Merged,
    int Parked,
    int NotRun,
    int ReworkRounds,
    int RefusedAttempts,
    int Interventions,
    int Merges,
    int Stalls,
    int Failures,
    int FirstPass,
    double AgentSeconds,
    double Seconds)
{
    public static Metrics Of(WaveStory wave)
    {
        var items = wave.Items.Values.ToList();
        return new Metrics(
            items.Count,
            items.Count(i => i.State is "ready"),
            items.Count(i => i.State is "merged"),
            items.Count(i => i.State is "parked"),
            items.Count(i => i.ImplementJobs == 0),
            items.Sum(i => i.Rounds),
            items.Sum(RefusedAttemptsOf),
            items.Sum(i => i.Interventions),
            items.Sum(i => i.Acts.Count(a => a.Act == "merge")),
            items.Sum(i => i.Stalls),
            items.Sum(i => i.Failures),
            items.Count(i => i is { Rounds: 0, Attempts: 1, LastVerdict: "approved" }),
            items.Sum(i => i.AgentSeconds),
            wave is { Opened: { } from, LastEvent: { } to } ? (to - from).TotalSeconds : 0);
    }

    private static int RefusedAttemptsOf(ItemStory item) => item.Gates.Select(g => (g.Round, g.Attempt)).Distinct().Count();
}
