using System.Diagnostics;
using System.Text.Json.Nodes;
using Muster.Core.Recorder;
using Muster.Demo.Staging;
using Muster.Demo.Telling;

namespace Muster.Demo.Stories;

/// <summary>Plays a story on a stage: writes the issues, labels them all, does what people do, and watches the record until the wave is over.</summary>
public sealed class Playing(Stage stage, Story story, ITelling telling)
{
    private const string Go = "agent:go";
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, int> issues = [];
    private readonly Dictionary<string, int> rivals = [];
    private readonly HashSet<string> merged = [];
    private readonly List<Recorded> events = [];
    private readonly long began = Stopwatch.GetTimestamp();

    /// <summary>Whether app and runner may end in the middle, because somebody will start them again.</summary>
    public bool MayBeAway { get; init; }

    /// <summary>The wave as far as it has been watched; null before it was opened.</summary>
    public WaveStory? Wave { get; private set; }

    public async Task<Ending> PlayAsync(CancellationToken cancellationToken)
    {
        await AskAsync(cancellationToken);
        await WatchAsync(cancellationToken);
        return await EndAsync(cancellationToken);
    }

    /// <summary>Writes the issues and labels them, without waiting for anything.</summary>
    public async Task AskAsync(CancellationToken cancellationToken)
    {
        foreach (var issue in story.Issues)
        {
            issues[issue.Key] = await stage.Person.OpenIssueAsync(issue.Title, issue.Body, cancellationToken);
        }

        foreach (var rival in story.Rivals)
        {
            rivals[rival.Issue] = await ColleagueAtWork.OpenPullAsync(stage, rival, issues[rival.Issue], cancellationToken);
        }

        telling.Asked(story, issues);
        foreach (var issue in story.Issues)
        {
            await stage.Person.LabelAsync(issues[issue.Key], Go, cancellationToken);
        }
    }

    /// <summary>Watches, and merges what the story says, until the wave is closed and its retro filed.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) => Poll.UntilAsync(
        async stop =>
        {
            await LookAsync(stop);
            await MergeAsync(stop);
            return Wave is { Closed: not null, Retro: not null };
        },
        Often,
        cancellationToken);

    /// <summary>What is still missing for the end, for a person to read.</summary>
    public IEnumerable<string> Missing()
    {
        if (Wave is null)
        {
            return ["the wave itself: no trigger was accepted"];
        }

        var busy = Wave.Items.Values.Where(i => i.State is null or "proposed" or "implementing" or "publishing" or "judging" or "fixing");
        return
        [
            .. busy.Select(i => $"{i.Issue} is still {i.State ?? "unplaced"}"),
            .. story.MergedWhenReady.Where(k => !merged.Contains(k)).Select(k => $"{k} (#{issues[k]}) never became ready to be merged"),
            .. Wave.Closed is null ? ["the wave's end"] : Array.Empty<string>(),
            .. Wave.Retro is null ? ["the retro issue"] : Array.Empty<string>(),
        ];
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var fresh = await AskForEventsAsync(cancellationToken);
        if (fresh.Count == 0)
        {
            telling.Quiet();
            return;
        }

        events.AddRange(fresh);
        if (events.Select(e => e.Wave).OfType<Core.WaveId>().FirstOrDefault() is { Value: > 0 } wave)
        {
            Wave = WaveStory.Of(wave, events);
            telling.Happened(fresh, Wave);
        }
    }

    private async Task<IReadOnlyList<Recorded>> AskForEventsAsync(CancellationToken cancellationToken)
    {
        if (!MayBeAway && stage.RunnerProcess is { HasExited: true } runner)
        {
            throw new StageException($"The runner ended with {runner.ExitCode} in the middle of the story.", runner.Log);
        }

        try
        {
            return await stage.App.EventsAsync(events.Count == 0 ? 0 : events[^1].Id, cancellationToken);
        }
        catch (HttpRequestException) when (MayBeAway || stage.AppProcess is not { HasExited: true })
        {
            return [];
        }
        catch (HttpRequestException)
        {
            throw new StageException($"The app ended with {stage.AppProcess!.ExitCode} in the middle of the story.", stage.AppProcess.Log);
        }
    }

    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        foreach (var key in story.MergedWhenReady.Where(k => !merged.Contains(k)).ToList())
        {
            // Ready is decided before GitHub has heard of it: only what stands there without a draft mark can be merged.
            if (Wave?.Items.GetValueOrDefault(issues[key]) is { State: "ready", Pull: { } pull }
                && (await stage.Person.LookAsync($"pulls/{pull}", cancellationToken))["draft"]!.GetValue<bool>() is false)
            {
                await stage.Person.MergeAsync(pull, cancellationToken);
                merged.Add(key);
                telling.Says($"{stage.Person.Login} merges #{pull}");
            }
        }
    }

    private async Task<Ending> EndAsync(CancellationToken cancellationToken)
    {
        var took = Stopwatch.GetElapsedTime(began);
        await Poll.UntilAsync(stage.GitHub.IsIdleAsync, Poll.Often, cancellationToken);
        var listed = await stage.Person.ListAsync("issues?state=all", cancellationToken);
        var comments = new Dictionary<int, IReadOnlyList<JsonNode>>();
        var reviews = new Dictionary<int, IReadOnlyList<JsonNode>>();
        var details = new Dictionary<int, JsonNode>();
        foreach (var issue in listed)
        {
            var number = issue["number"]!.GetValue<int>();
            comments[number] = await stage.Person.ListAsync($"issues/{number}/comments", cancellationToken);
            if (issue["pull_request"] is not null)
            {
                details[number] = await stage.Person.LookAsync($"pulls/{number}", cancellationToken);
                reviews[number] = await stage.Person.ListAsync($"pulls/{number}/reviews", cancellationToken);
            }
        }

        return new Ending
        {
            Story = story,
            TwoApps = stage.HasReviewerApp,
            Wave = Wave!,
            Events = events,
            Issues = issues,
            Rivals = rivals,
            Journal = await stage.GitHub.JournalAsync(cancellationToken),
            Listed = listed,
            Comments = comments,
            Reviews = reviews,
            PullDetails = details,
            Took = took,
            AuthorLogin = stage.AppLogin,
            ReviewerLogin = stage.ReviewerLogin,
        };
    }
}
