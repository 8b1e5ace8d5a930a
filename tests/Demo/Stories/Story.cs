namespace Muster.Demo.Stories;

/// <summary>A wave that is played: issues, what people do meanwhile, and what must have come true at its end.</summary>
public sealed record Story(string Name, string Says)
{
    public IReadOnlyList<StoryIssue> Issues { get; private init; } = [];

    /// <summary>Pull requests that the colleague opened by hand before anybody asks for work.</summary>
    public IReadOnlyList<Rival> Rivals { get; private init; } = [];

    /// <summary>Keys of the issues whose pull request the person merges as soon as it is ready.</summary>
    public IReadOnlyList<string> MergedWhenReady { get; private init; } = [];

    public IReadOnlyList<Expectation> Expectations { get; private init; } = [];

    public Story With(params IReadOnlyList<StoryIssue> issues) => this with { Issues = [.. Issues, .. issues] };

    public Story WithRival(Rival rival) => this with { Rivals = [.. Rivals, rival] };

    public Story MergeWhenReady(string key) => this with { MergedWhenReady = [.. MergedWhenReady, key] };

    public Story Expect(string says, Func<Ending, bool> holds) => this with { Expectations = [.. Expectations, new Expectation(says, holds)] };

    /// <summary>What the story misses in the tree it is to be played on, in sentences.</summary>
    public IEnumerable<string> FaultsOn(string project) =>
        Issues.SelectMany(i => i.Anchors.Select(a => a.Fault(project)).OfType<string>().Select(f => $"Story {Name} cannot be played: {f} (issue {i.Key}); tests/Demo/Stories must follow the tree."));
}

/// <summary>A pull request by a person for an issue of the story.</summary>
public sealed record Rival(string Issue, string Branch, string File, string Line);

/// <summary>One thing that must be so at the end, in words and in code.</summary>
public sealed record Expectation(string Says, Func<Ending, bool> Holds);
