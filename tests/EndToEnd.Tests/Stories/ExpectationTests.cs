using Muster.Demo.Stories;

namespace Muster.EndToEnd.Tests.Stories;

/// <summary>What the stories say of themselves. A class each, so that two can be played at a time.</summary>
public abstract class ExpectationTests(string story, bool twoApps = true)
{
    [Fact]
    public async Task Everything_the_story_expects_comes_true()
    {
        var ending = await Played.AsyncOf(story, twoApps);

        Assert.Empty(ending.Story.Expectations.Where(e => !e.Holds(ending)).Select(e => e.Says));
    }
}

public sealed class NightExpectations() : ExpectationTests("night");

public sealed class NightWithOneAppExpectations() : ExpectationTests("night", twoApps: false);

public sealed class SingleExpectations() : ExpectationTests("single");

public sealed class AllFailExpectations() : ExpectationTests("all-fail");

public sealed class NobodyMergesExpectations() : ExpectationTests("nobody-merges");

public sealed class NoDefectExpectations() : ExpectationTests("no-defect");

public sealed class NoStubExpectations() : ExpectationTests("no-stub");

public sealed class CatalogueTests
{
    [Fact]
    public void Every_story_has_a_name_of_its_own_and_fits_the_tree()
    {
        Assert.Equal(Catalogue.All.Count, Catalogue.All.Select(s => s.Name).Distinct().Count());
        Assert.Empty(Catalogue.All.SelectMany(s => s.FaultsOn(Demo.Staging.Places.Find().Project)));
    }

    [Fact]
    public void A_story_whose_function_has_gone_says_so()
    {
        var story = Catalogue.Find("night")!;

        Assert.Contains(story.FaultsOn(Path.GetTempPath()), f => f.Contains("core/Contracts/Glob.cs is no longer in the tree", StringComparison.Ordinal));
    }
}
