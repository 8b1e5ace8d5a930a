using System.Text.Json.Nodes;
using Muster.Demo.Staging;
using Muster.Demo.Stories;

namespace Muster.Proofs.Crashes;

/// <summary>Lists all that stands when a wave is over: what GitHub shows through its API, what the record tells, what runs.</summary>
internal static class Aftermath
{
    private const string Retro = "agent:retro";

    public static async Task<IReadOnlyList<Thing>> OfAsync(Stage stage, Ending ending, CancellationToken cancellationToken)
    {
        var things = new List<Thing>();
        foreach (var listed in ending.Listed)
        {
            var number = listed["number"]!.GetValue<int>();
            things.AddRange(ending.Comments[number].Where(c => Login(c) == ending.AuthorLogin).Select(c => CommentOf(c, number)));
            things.AddRange(listed["pull_request"] is null
                ? await IssueAsync(stage, listed, number, cancellationToken)
                : await PullAsync(stage, ending, number, cancellationToken));
        }

        things.AddRange(await BranchesAsync(stage, ending, cancellationToken));
        things.AddRange(Recorded(ending));
        return things;
    }

    private static async Task<List<Thing>> IssueAsync(Stage stage, JsonNode issue, int number, CancellationToken cancellationToken)
    {
        string[] labels = [.. issue["labels"]!.AsArray().Select(l => l!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
        var state = $"{Text(issue, "state")}, {string.Join(" ", labels)}";
        if (labels.Contains(Retro))
        {
            return [new Thing("retro issue", "of the wave", $"{state}, {Text(issue, "title")}")];
        }

        var reactions = await stage.Person.ListAsync($"issues/{number}/reactions", cancellationToken);
        return [new Thing("issue", $"#{number}", state), .. reactions.Select(r => new Thing("reaction", $"{Text(r, "content")} of {Login(r)} on #{number}"))];
    }

    private static async Task<List<Thing>> PullAsync(Stage stage, Ending ending, int number, CancellationToken cancellationToken)
    {
        var pull = ending.PullDetails[number];
        // Commits have other names in every run, as their dates differ: their place on the branch stays the same.
        var commits = (await stage.Person.ListAsync($"pulls/{number}/commits", cancellationToken)).Select(c => Text(c, "sha")).ToList();
        string Commit(string sha) => $"commit {commits.IndexOf(sha) + 1} of #{number}";
        var things = new List<Thing>
        {
            new("pull request", $"from {Text(pull["head"]!, "ref")}", $"{Text(pull, "state")}, draft {pull["draft"]}, {commits.Count} commits, by {Login(pull)}"),
        };
        things.AddRange(ending.Reviews[number].Select(r => new Thing("review", $"of {Commit(Text(r, "commit_id"))} by {Login(r)}", Text(r, "state"))));
        foreach (var sha in commits)
        {
            // Without the filter GitHub shows the newest of one name only, and so would hide a second one.
            var runs = (await stage.Person.LookAsync($"commits/{sha}/check-runs?filter=all", cancellationToken))["check_runs"]!.AsArray();
            things.AddRange(runs.Select(r => new Thing("check run", $"{Text(r!, "name")} on {Commit(sha)}", $"{r!["conclusion"]}")));
        }

        return things;
    }

    private static async Task<IEnumerable<Thing>> BranchesAsync(Stage stage, Ending ending, CancellationToken cancellationToken)
    {
        var heads = ending.PullDetails.Values.Select(p => Text(p["head"]!, "ref")).Append(Stage.Branch).ToHashSet();
        var branches = await stage.Person.ListAsync("branches", cancellationToken);
        return branches.Select(b => Text(b, "name")).Where(b => !heads.Contains(b)).Select(b => new Thing("orphan branch", b) { IsWrong = true });
    }

    private static Thing CommentOf(JsonNode comment, int issue)
    {
        var first = Text(comment, "body").Split('\n')[0];
        return first.StartsWith("**Wave ", StringComparison.Ordinal)
            ? new Thing("status comment", "of the wave", $"on #{issue}")
            : new Thing("comment", $"\"{first}\" on #{issue}");
    }

    private static IEnumerable<Thing> Recorded(Ending ending) =>
    [
        .. ending.Events.Select(e => e.Wave).OfType<Core.WaveId>().Distinct().Select(_ => new Thing("wave", "in the record")),
        .. ending.Wave.Items.Values.Select(i => new Thing(
            "item",
            $"{i.Issue}",
            $"{i.Placement}, {i.State}, pull {i.Pull}, {i.Attempts} attempts, {i.ImplementJobs} implement jobs, {i.Rounds} rounds, {i.Failures} failures, {i.Outcome}, {i.Attention}")),
        .. ending.Wave.Effects.Select(e => new Thing("receipt", $"for {e.Key}", $"{e.Value}")),
        .. ending.Wave.Missing().Select(hole => new Thing("hole", $"in the record ({hole})") { IsWrong = true }),
    ];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string Login(JsonNode node) => node["user"]!["login"]!.GetValue<string>();
}
