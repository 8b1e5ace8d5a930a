using System.Text.Json.Nodes;
using Muster.App.Tests.Stories;

namespace Muster.App.Tests.Threats;

/// <summary>T4, a stranger starts work: six roles by ten ways of asking, and exactly those with write access who really ask are heard.</summary>
public sealed class T4StrangerTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> People = new()
    {
        ["none"] = "nat",
        ["read"] = "rea",
        ["triage"] = "tess",
        ["write"] = "wes",
        ["maintain"] = "mai",
        ["admin"] = "ann",
    };

    private static readonly string[] Writers = ["write", "maintain", "admin"];
    private static readonly string[] Heard = ["comment", "label", "form label", "opened with the label"];

    private Bot bot = null!;

    public static TheoryData<string> Ways =>
    [
        "comment", "edit", "label", "form label", "opened with the label", "transferred issue", "quoted command", "code-fenced command", "bot", "reopened with the label",
    ];

    public async Task InitializeAsync() => bot = await Bot.StartAsync(new BotSetup
    {
        Private = false,
        Collaborators = new Dictionary<string, string>
        {
            ["mai"] = "maintain",
            ["robo-read[bot]"] = "read",
            ["robo-triage[bot]"] = "triage",
            ["robo-write[bot]"] = "write",
            ["robo-maintain[bot]"] = "maintain",
            ["robo-admin[bot]"] = "admin",
        },
    });

    public async Task DisposeAsync() => await bot.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Only_who_may_write_and_really_asks_starts_work(string way)
    {
        foreach (var (role, login) in People)
        {
            var issue = await AskAsync(way, role, login);
            await bot.SettleAsync();

            var started = await bot.CountAsync("items", $"issue = {issue}");
            Assert.True(started == (Writers.Contains(role) && Heard.Contains(way) ? 1 : 0), $"{way} by {role} started {started}");
        }

        Assert.Equal(0, await bot.CountAsync("deliveries", "state IN ('new', 'failed')"));
        Assert.Equal(await bot.CountAsync("items"), await bot.CountAsync("items", "state = 'proposed'"));
    }

    [Theory]
    [InlineData("comment")]
    [InlineData("form label")]
    public async Task Who_may_not_is_told_so_once(string way)
    {
        foreach (var role in new[] { "none", "read", "triage" })
        {
            var issue = await AskAsync(way, role, People[role]);
            await bot.SettleAsync();
            Assert.StartsWith($"`{People[role]}`, ", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_login_that_somebody_else_has_taken_since_gives_no_right()
    {
        var issue = await LabelledAsync("ann");
        var payload = await EventAsync(issue, "labeled", "wes");
        payload["sender"]!["id"] = 4_711;
        Assert.Equal(202, await bot.PostSignedAsync(payload, "issues", "taken-login"));
        await bot.SettleAsync();

        Assert.Equal(0, await bot.CountAsync("items"));
    }

    /// <summary>Asks for work on a new issue in one way, as far as GitHub lets a person of that role.</summary>
    private async Task<int> AskAsync(string way, string role, string login)
    {
        switch (way)
        {
            case "form label":
            case "transferred issue":
            case "reopened with the label":
                // A form puts the label on in its author's name, whoever that is; a moved issue brings its labels along.
                var labelled = await LabelledAsync(login);
                var action = way switch { "form label" => "labeled", "transferred issue" => "transferred", _ => "reopened" };
                Assert.Equal(202, await bot.PostSignedAsync(await EventAsync(labelled, action, login), "issues", $"{way} {role}"));
                if (way == "transferred issue")
                    Assert.Equal(202, await bot.PostSignedAsync(await EventAsync(labelled, "opened", login), "issues", $"{way} {role}, there"));
                return labelled;
            case "opened with the label":
                return await bot.IssueAsync(by: login, labels: "agent:go");
        }

        var issue = await bot.IssueAsync();
        switch (way)
        {
            case "edit":
                var comment = await bot.SayAsync(issue, "Looks good.", login);
                await bot.AsAsync(login, HttpMethod.Patch, $"/issues/comments/{comment}", new { body = "/dispatch" });
                break;
            case "label":
                // GitHub itself refuses those who may not triage.
                var answer = await bot.TryAsync(login, HttpMethod.Post, $"/issues/{issue}/labels", new { labels = new[] { "agent:go" } });
                Assert.Equal(role is "none" or "read", answer.Status >= 400);
                break;
            case "bot":
                await bot.TokenAsync($"robo-{role}[bot]", "Bot");
                await bot.SayAsync(issue, "/dispatch", $"robo-{role}[bot]");
                await bot.TryAsync($"robo-{role}[bot]", HttpMethod.Post, $"/issues/{issue}/labels", new { labels = new[] { "agent:go" } });
                break;
            default:
                await bot.SayAsync(issue, way switch { "quoted command" => "> /dispatch\n\nWhat is that?", "code-fenced command" => "```\n/dispatch\n```", _ => "/dispatch" }, login);
                break;
        }

        return issue;
    }

    /// <summary>An issue that carries the label although nobody with the right put it there.</summary>
    private async Task<int> LabelledAsync(string author)
    {
        var issue = await bot.IssueAsync(by: author);
        await bot.LabelAsync(issue, by: "robo[bot]");
        await bot.SettleAsync();
        return issue;
    }

    /// <summary>An event about an issue as GitHub sends it, in somebody's name.</summary>
    private async Task<JsonNode> EventAsync(int issue, string action, string sender)
    {
        var last = (await bot.DeliveriesAsync()).Last(d => d!.Text("event") == "issues" && d!["body"]!["issue"]!["number"]!.GetValue<int>() == issue)!;
        var payload = last["body"]!.DeepClone();
        payload["action"] = action;
        var person = await bot.AsAsync("ann", HttpMethod.Get, $"/collaborators/{sender}/permission");
        payload["sender"] = person["user"]!.DeepClone();
        return payload;
    }
}
