using Muster.Demo.Stories;

namespace Muster.Proofs.Crashes;

/// <summary>All that must be the same however often somebody pulled the plug: states in the record, and what GitHub holds.</summary>
internal sealed record EndState(IReadOnlyDictionary<string, string> Facts)
{
    private static readonly (string What, string PathEnd)[] Counted =
        [("pull requests", "/pulls"), ("reviews", "/reviews"), ("checks", "/check-runs"), ("comments", "/comments"), ("retros and other issues", "/issues")];

    public static EndState Of(Ending ending)
    {
        var facts = new Dictionary<string, string>();
        foreach (var key in ending.Issues.Keys)
        {
            var item = ending.Item(key);
            var labels = ending.Listed.Single(i => i["number"]!.GetValue<int>() == ending.Issues[key])["labels"]!.AsArray();
            facts[$"{key}'s state"] = $"{item.State}, {item.Rounds} rounds, {item.Attempts} attempts, {item.Outcome}";
            facts[$"{key}'s labels"] = string.Join(", ", labels.Select(l => l!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
            facts[$"{key}'s reviews"] = string.Join(", ", ending.ReviewStates(key));
            facts[$"{key}'s draft mark"] = item.Pull is null ? "no pull request" : ending.PullOf(key)["draft"]!.ToJsonString();
        }

        foreach (var (what, pathEnd) in Counted)
        {
            facts[$"number of {what}"] = $"{ending.Made(pathEnd)}";
        }

        return new EndState(facts);
    }

    /// <summary>Each difference in a sentence.</summary>
    public IEnumerable<string> DifferencesTo(EndState wanted) =>
        from name in Facts.Keys.Union(wanted.Facts.Keys)
        let here = Facts.GetValueOrDefault(name, "nothing")
        let there = wanted.Facts.GetValueOrDefault(name, "nothing")
        where here != there
        select $"{name}: {here} instead of {there}";
}
