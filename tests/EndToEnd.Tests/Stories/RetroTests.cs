using System.Globalization;
using System.Text.RegularExpressions;
using Muster.Demo.Stories;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>The numbers in the retro issue, each counted again from what GitHub was asked for.</summary>
public sealed class RetroTests
{
    public static TheoryData<string> Stories => [.. Catalogue.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task A_retros_numbers_are_those_that_GitHub_saw(string story)
    {
        var ending = await Played.AsyncOf(story);
        var retro = Totals(ending);

        Assert.Equal(Asked(ending), retro["items"]);
        Assert.Equal(SentBack(ending), retro["rework rounds"]);
        Assert.Equal(0, retro["human interventions"]);
        if (Asked(ending) > 1)
        {
            Assert.Equal(Merged(ending), retro["merged by people"]);
            Assert.Equal(Undrafted(ending) - Merged(ending), retro["passed and waiting for a person"]);
            Assert.Equal(Asked(ending) - ending.Made("/pulls"), ending.Wave.Items.Values.Count(i => i.Pull is null));
        }
    }

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task Exactly_one_retro_issue_is_filed_and_no_second_one(string story)
    {
        var ending = await Played.AsyncOf(story);
        var filed = ending.Journal.Where(l => l.Made && l.Actor.AppId is not null && Regex.IsMatch(l.Path, "^/repos/[^/]+/[^/]+/issues$")).ToList();

        Assert.Single(filed);
        Assert.Contains("agent:retro", Assert.Single(ending.Retros)["labels"]!.AsArray().Select(l => l!["name"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Different_stories_have_different_retros()
    {
        var numbers = new List<string>();
        foreach (var story in Catalogue.All)
        {
            numbers.Add(string.Join(' ', Totals(await Played.AsyncOf(story.Name)).OrderBy(t => t.Key, StringComparer.Ordinal)));
        }

        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    }

    [Fact]
    public async Task A_wave_of_one_item_gets_at_most_fifteen_lines()
    {
        var body = Assert.Single((await Played.AsyncOf("single")).Retros)["body"]!.GetValue<string>();

        Assert.InRange(body.Split('\n').Length, 1, 15);
    }

    private static Dictionary<string, int> Totals(Ending ending) =>
        Regex.Matches(Assert.Single(ending.Retros)["body"]!.GetValue<string>(), @"^\| ([a-z][a-z ]*) \| ([0-9]+) \|\r?$", RegexOptions.Multiline)
            .ToDictionary(m => m.Groups[1].Value, m => int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    private static int Asked(Ending ending) => ending.Journal.Count(l =>
        l is { Method: "POST", Status: 200, Actor.AppId: null, Body: { } body } && l.Path.EndsWith("/labels", StringComparison.Ordinal) && body.Contains("agent:go", StringComparison.Ordinal));

    private static int SentBack(Ending ending) => ending.Journal.Count(l =>
        l.Path.EndsWith("/reviews", StringComparison.Ordinal) && l.Json?["event"]?.GetValue<string>() == "REQUEST_CHANGES");

    private static int Merged(Ending ending) => ending.Journal.Count(l => l is { Method: "PUT", Status: 200 } && l.Path.EndsWith("/merge", StringComparison.Ordinal));

    private static int Undrafted(Ending ending) => ending.Journal.Count(l =>
        l is { Status: 200, Body: { } body } && l.Path.EndsWith("/graphql", StringComparison.Ordinal) && body.Contains("markPullRequestReadyForReview", StringComparison.Ordinal));
}
