namespace Muster.Core.Recorder;

/// <summary>Finds holes in the record: events that must be there because a later one is.</summary>
internal static class WaveGaps
{
    public static IEnumerable<string> In(WaveStory wave)
    {
        if (wave.Opened is null)
        {
            yield return "when the wave was opened";
        }

        if (wave.Plans == 0)
        {
            yield return "its plan";
        }

        foreach (var item in wave.Items.Values)
        {
            foreach (var gap in In(item))
            {
                yield return $"{gap} of {item.Issue}";
            }
        }
    }

    private static IEnumerable<string> In(ItemStory item)
    {
        var worked = item.Reviews.Length > 0 || item.Pull is not null || item.AgentStarted is not null;
        if (item.Asked is null)
        {
            yield return "who asked, and when,";
        }

        // What a person stops while it gathers is never placed.
        if (item.Placement is null && (worked || item.ImplementJobs > 0 || item.State is not "cancelled"))
        {
            yield return "the placement";
        }

        if (item.State is null)
        {
            yield return "the states";
        }

        if (worked && item.ImplementJobs == 0)
        {
            yield return "the jobs";
        }

        if (item.ImplementJobs > 0 && item.State is "ready" or "merged" && item.AgentStarted is null)
        {
            yield return "the agent's start";
        }

        if (item.Reviews.Length > 0 && item.Pull is null)
        {
            yield return "the pull request";
        }

        if (item.LastVerdict is not null && item.Reviews.Length == 0)
        {
            yield return "the posted review";
        }

        if (item.State is "ready" && item.LastVerdict is null)
        {
            yield return "the verdict";
        }
    }
}
