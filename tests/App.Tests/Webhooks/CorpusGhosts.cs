using System.Text.Json.Nodes;
using Muster.App.Tests.Stories;

namespace Muster.App.Tests.Webhooks;

/// <summary>What no published example has, and GitHub does send: accounts, forks and fields that are gone.</summary>
internal static class CorpusGhosts
{
    private const string Gone = """{"login":"ghost","id":10137,"type":"User"}""";
    private const string Mannequin = """{"login":"imported","id":55,"type":"Mannequin"}""";
    private const string Organization = """{"login":"acme","id":56,"type":"Organization"}""";

    /// <summary>Each on an issue of its own, or on a pull request that is not ours; the label really is on.</summary>
    public static async Task<IReadOnlyList<CorpusPayload>> OfAsync(Bot bot)
    {
        var ghosts = new List<CorpusPayload>();
        var common = await CommonAsync(bot);
        foreach (var (what, change) in EveryoneGone.Concat(LabelGaps))
            ghosts.Add(await LabeledAsync(bot, common, what, change));
        foreach (var (what, change) in EveryoneGone.Concat(CommentGaps))
            ghosts.Add(await CommentedAsync(bot, common, what, change));
        var pull = await bot.PullAsync(await bot.OpenPullAsync("theirs", "A change"));
        ghosts.AddRange(EveryoneGone.Concat(PullGaps).Select(g => Payload("pull_request", "closed", common, g.What, g.Change, ("pull_request", pull), ("number", pull["number"]!))));
        ghosts.AddRange(BranchGaps.Select(g => Payload("delete", null, common, g.What, g.Change, ("ref", "theirs"), ("ref_type", "branch"), ("pusher_type", "user"))));
        ghosts.AddRange(RepositoryGaps.Select(g => Payload("repository", "renamed", common, g.What, g.Change)));
        ghosts.AddRange(InstallationGaps.Select(g => Payload("installation", "created", Elsewhere(common), g.What, g.Change)));
        ghosts.AddRange(InstallationGaps.Select(g => Payload("installation", "deleted", Elsewhere(common), g.What, g.Change)));
        ghosts.AddRange(GrantGaps.Select(g => Payload("installation_repositories", "added", Elsewhere(common), g.What, g.Change)));
        ghosts.Add(new CorpusPayload("ping", "nothing in it", new JsonObject()));
        return ghosts;
    }

    private static (string What, Action<JsonObject> Change)[] EveryoneGone =>
    [
        ("no sender", p => p.Remove("sender")),
        ("sender null", p => p["sender"] = null),
        ("sender deleted since", p => p["sender"] = JsonNode.Parse(Gone)),
        ("sender a mannequin", p => p["sender"] = JsonNode.Parse(Mannequin)),
        ("sender an organization", p => p["sender"] = JsonNode.Parse(Organization)),
        ("sender without a name", p => p["sender"]!.AsObject().Remove("login")),
        ("no installation", p => p.Remove("installation")),
        ("installation null", p => p["installation"] = null),
        ("no repository", p => p.Remove("repository")),
        ("repository null", p => p["repository"] = null),
        ("repository without an owner", p => p["repository"]!["owner"] = null),
        ("repository with a number only", p => p["repository"] = new JsonObject { ["id"] = p["repository"]!["id"]!.DeepClone() }),
        ("action null", p => p["action"] = null),
        ("action unheard of", p => p["action"] = "haunted"),
    ];

    private static (string What, Action<JsonObject> Change)[] LabelGaps =>
    [
        ("author deleted", p => p["issue"]!["user"] = null),
        ("author a mannequin", p => p["issue"]!["user"] = JsonNode.Parse(Mannequin)),
        ("body null", p => p["issue"]!["body"] = null),
        ("labels null", p => p["issue"]!["labels"] = null),
        ("dates null", p => p["issue"]!["created_at"] = p["issue"]!["updated_at"] = null),
        ("label null", p => p["label"] = null),
        ("label without a name", p => p["label"] = new JsonObject()),
        ("issue null", p => p["issue"] = null),
        ("issue without a number", p => p["issue"]!.AsObject().Remove("number")),
        ("issue with a number too large", p => p["issue"]!["number"] = 1e30),
    ];

    private static (string What, Action<JsonObject> Change)[] CommentGaps =>
    [
        ("commenter deleted", p => p["comment"]!["user"] = null),
        ("commenter a mannequin", p => p["comment"]!["user"] = JsonNode.Parse(Mannequin)),
        ("author deleted", p => p["issue"]!["user"] = null),
        ("text null", p => p["comment"]!["body"] = null),
        ("dates null", p => p["comment"]!["created_at"] = p["comment"]!["updated_at"] = null),
        ("app null", p => p["comment"]!["performed_via_github_app"] = null),
        ("comment null", p => p["comment"] = null),
        ("issue null", p => p["issue"] = null),
    ];

    private static (string What, Action<JsonObject> Change)[] PullGaps =>
    [
        ("fork deleted", p => p["pull_request"]!["head"]!["repo"] = null),
        ("fork and its owner deleted", p => p["pull_request"]!["head"]!["repo"] = p["pull_request"]!["head"]!["user"] = null),
        ("author deleted", p => p["pull_request"]!["user"] = null),
        ("author a mannequin", p => p["pull_request"]!["user"] = JsonNode.Parse(Mannequin)),
        ("merged by nobody", p => (p["pull_request"]!["merged"], p["pull_request"]!["merged_by"]) = (true, null)),
        ("no head", p => p["pull_request"]!["head"] = null),
        ("no base", p => p["pull_request"]!["base"] = null),
        ("pull request null", p => p["pull_request"] = null),
    ];

    private static (string What, Action<JsonObject> Change)[] BranchGaps =>
    [
        ("sender deleted since", p => p["sender"] = JsonNode.Parse(Gone)), ("no sender", p => p.Remove("sender")), ("ref null", p => p["ref"] = null), ("type null", p => p["ref_type"] = null), ("a tag", p => p["ref_type"] = "tag"),
    ];

    private static (string What, Action<JsonObject> Change)[] RepositoryGaps =>
    [
        ("owner null", p => p["repository"]!["owner"] = null), ("no changes", p => p.Remove("changes")), ("no sender", p => p.Remove("sender")), ("no installation", p => p.Remove("installation")),
    ];

    private static (string What, Action<JsonObject> Change)[] InstallationGaps =>
    [
        ("account null", p => p["installation"]!["account"] = null),
        ("repositories null", p => p["repositories"] = null),
        ("a repository without a name", p => p["repositories"] = new JsonArray(new JsonObject { ["id"] = 990 })),
        ("sender null", p => p["sender"] = null),
        ("installation null", p => p["installation"] = null),
    ];

    private static (string What, Action<JsonObject> Change)[] GrantGaps =>
    [
        ("lists null", p => p["repositories_added"] = p["repositories_removed"] = null),
        ("a repository without a name", p => p["repositories_added"] = new JsonArray(new JsonObject { ["id"] = 991 })),
        ("requester null", p => p["requester"] = null),
        ("no installation", p => p.Remove("installation")),
    ];

    /// <summary>What every payload of this repository carries, as the app got it before.</summary>
    private static async Task<JsonObject> CommonAsync(Bot bot)
    {
        var issue = await bot.IssueAsync();
        var body = (await bot.DeliveriesAsync()).Last(d => d!["event"]!.GetValue<string>() == "issues" && d["body"]!["issue"]!["number"]!.GetValue<int>() == issue)!["body"]!;
        return new JsonObject { ["repository"] = body["repository"]!.DeepClone(), ["sender"] = body["sender"]!.DeepClone(), ["installation"] = body["installation"]!.DeepClone() };
    }

    private static JsonObject Elsewhere(JsonObject common) =>
        new() { ["installation"] = new JsonObject { ["id"] = 4_242, ["account"] = JsonNode.Parse(Organization) }, ["sender"] = common["sender"]!.DeepClone() };

    private static async Task<CorpusPayload> LabeledAsync(Bot bot, JsonObject common, string what, Action<JsonObject> change)
    {
        var issue = await bot.IssueAsync();
        await bot.LabelAsync(issue);
        var shown = await bot.AsAsync("ann", HttpMethod.Get, $"/issues/{issue}");
        return Payload("issues", "labeled", common, what, change, ("issue", shown), ("label", shown["labels"]![0]!));
    }

    private static async Task<CorpusPayload> CommentedAsync(Bot bot, JsonObject common, string what, Action<JsonObject> change)
    {
        var issue = await bot.IssueAsync();
        var comment = await bot.SayAsync(issue, "/dispatch");
        return Payload(
            "issue_comment", "created", common, what, change,
            ("issue", await bot.AsAsync("ann", HttpMethod.Get, $"/issues/{issue}")), ("comment", await bot.AsAsync("ann", HttpMethod.Get, $"/issues/comments/{comment}")));
    }

    private static CorpusPayload Payload(
        string name, string? action, JsonObject common, string what, Action<JsonObject> change, params (string Name, JsonNode Value)[] more)
    {
        var body = common.DeepClone().AsObject();
        if (action is not null)
            body["action"] = action;
        foreach (var (part, value) in more)
            body[part] = value.DeepClone();
        change(body);
        return new CorpusPayload(name, what, body);
    }
}
