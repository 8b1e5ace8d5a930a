using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.GitHubSimulator.Faults;

namespace Muster.App.Tests.Stories;

/// <summary>
/// Every kind of effect, in its three cases and under every way in which a write can go wrong: already there, absent,
/// unknown; cut before and after GitHub did it, answered with an error after it did it, and lists that lag.
/// </summary>
public sealed class EffectStories
{
    private static readonly IReadOnlyDictionary<string, Written> Table = new Dictionary<string, Written>
    {
        ["open-pull"] = new("POST", "/repos/*/*/pulls", b => b.ListAsync("/pulls?state=all")),
        ["post-review"] = new("POST", "/repos/*/*/pulls/*/reviews", async b => await b.ListAsync($"/pulls/{await PullAsync(b)}/reviews")),
        ["put-check"] = new("POST", "/repos/*/*/check-runs", ChecksAsync),
        ["mark-ready"] = new("POST", "/graphql", async b => (await b.ListAsync("/pulls?state=all")).Where(p => !p["draft"]!.GetValue<bool>())),
        ["say-once"] = new("POST", "/repos/*/*/issues/2/comments", b => b.ListAsync("/issues/2/comments")),
        ["put-status"] = new("POST", "/repos/*/*/issues/1/comments", b => b.ListAsync("/issues/1/comments")),
        ["change-labels"] = new("POST", "/repos/*/*/issues/1/labels", async b => (await b.ListAsync("/issues/1/labels")).Where(l => l.Text("name") == "agent:ready")),
        ["react"] = new("POST", "/repos/*/*/issues/1/reactions", b => b.ListAsync("/issues/1/reactions")),
        ["file-retro"] = new("POST", "/repos/*/*/issues", b => b.ListAsync("/issues?state=all&labels=agent:retro")),
    };

    public static TheoryData<string> Kinds =>
        [.. typeof(Effect).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!)];

    public static TheoryData<string, FaultKind> Faults
    {
        get
        {
            var all = new TheoryData<string, FaultKind>();
            foreach (var kind in Table.Keys)
            {
                foreach (var fault in new[] { FaultKind.FailBefore, FaultKind.FailAfter, FaultKind.CutBefore, FaultKind.Cut })
                    all.Add(kind, fault);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_in_the_table(string kind) => Assert.Contains(kind, Table.Keys);

    /// <summary>Absent: it is made, once.</summary>
    [Fact]
    public async Task What_is_absent_is_made_once()
    {
        await using var bot = await StartAsync();
        await PlayAsync(bot);

        foreach (var (kind, written) in Table)
            Assert.True((await written.StandsAsync(bot)).Count() == 1, kind);
        Assert.Equal(Table.Count, await bot.CountAsync("(SELECT DISTINCT kind FROM outbox WHERE state = 'done')"));
    }

    /// <summary>Already there: the receipt is lost after the act, and the act is found instead of made again.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_there_already_is_found(string kind)
    {
        await using var bot = await StartAsync();
        await PlayAsync(bot);
        var made = (await bot.WritesAsync()).Count(w => !w.StartsWith("PATCH ", StringComparison.Ordinal) && !w.Contains("/reactions", StringComparison.Ordinal));
        await bot.Store.WriteAsync(db => Dapper.SqlMapper.Execute(db, "UPDATE outbox SET state = 'pending', result = NULL WHERE kind = @kind", new { kind }), default);
        await bot.SettleAsync();

        Assert.Equal(0, await bot.CountAsync("outbox", $"kind = '{kind}' AND state <> 'done'"));
        Assert.Equal(made, (await bot.WritesAsync()).Count(w => !w.StartsWith("PATCH ", StringComparison.Ordinal) && !w.Contains("/reactions", StringComparison.Ordinal)));
        Assert.Single(await Table[kind].StandsAsync(bot));
    }

    /// <summary>Unknown: while nobody can say whether it is there, nothing is posted; a reaction needs no look, as GitHub keeps one.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task While_nobody_can_say_nothing_is_posted(string kind)
    {
        await using var bot = await StartAsync();
        await PlayAsync(bot);
        await bot.Store.WriteAsync(db => Dapper.SqlMapper.Execute(db, "UPDATE outbox SET state = 'pending', result = NULL WHERE kind = @kind", new { kind }), default);
        var before = await bot.WritesAsync();
        bot.Faults.Add(new FaultRule { Kind = FaultKind.FailBefore, Method = kind == "react" ? "POST" : "GET" });
        bot.Time.Advance(TimeSpan.FromMinutes(10));
        for (var i = 0; i < 5; i++)
        {
            bot.Time.Advance(TimeSpan.FromMinutes(5));
            await bot.SettleAsync();
        }

        bot.Faults.Clear();
        Assert.True(await bot.CountAsync("outbox", $"kind = '{kind}' AND state = 'pending'") > 0);
        Assert.Equal(before, (await bot.WritesAsync()).Where(w => !w.EndsWith(" 502", StringComparison.Ordinal)));
        Assert.Single(await Table[kind].StandsAsync(bot));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_write_that_breaks_off_ends_in_exactly_one(string kind, FaultKind fault)
    {
        await using var bot = await StartAsync();
        var rule = bot.Faults.Add(new FaultRule { Kind = fault, Method = Table[kind].Method, Path = Table[kind].Path, Body = BodyOf(kind), Actor = ActorOf(kind), Calls = [1] });
        await PlayAsync(bot);

        Assert.Equal(1, bot.Faults.Hits(rule));
        Assert.Single(await Table[kind].StandsAsync(bot));
    }

    /// <summary>The write is done and its answer lost, and the list by which it is looked for lags for longer than the app waits.</summary>
    [Theory]
    [InlineData("say-once", "/repos/*/*/issues/2/comments")]
    [InlineData("put-status", "/repos/*/*/issues/1/comments")]
    [InlineData("file-retro", "/repos/*/*/issues")]
    public async Task What_stands_there_twice_because_a_list_lagged_is_taken_away(string kind, string list)
    {
        await using var bot = await StartAsync();
        bot.Faults.Add(new FaultRule { Kind = FaultKind.Stale, Method = "GET", Path = list, Actor = ActorOf(kind), Seconds = 3600 });
        bot.Faults.Add(new FaultRule { Kind = FaultKind.Cut, Method = "POST", Path = Table[kind].Path, Actor = ActorOf(kind), Calls = [1] });
        await PlayAsync(bot);
        var twice = (await Table[kind].StandsAsync(bot)).Count();
        bot.Time.Advance(TimeSpan.FromHours(1));
        await bot.SweepAsync(TimeSpan.FromMinutes(5));
        await bot.SweepAsync(TimeSpan.FromMinutes(15));

        Assert.Equal((2, 1), (twice, (await Table[kind].StandsAsync(bot)).Count()));
        Assert.Equal(0, await bot.CountAsync("outbox", "doubt_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_list_that_lags_for_a_moment_makes_no_second_one()
    {
        await using var bot = await StartAsync();
        bot.Faults.Add(new FaultRule { Kind = FaultKind.Stale, Method = "GET", Path = "/repos/*/*/issues/1/comments", Seconds = 6 });
        bot.Faults.Add(new FaultRule { Kind = FaultKind.FailAfter, Method = "POST", Path = Table["put-status"].Path, Actor = "muster[bot]", Calls = [1] });
        var (issue, said) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.LabelAsync(issue);
        await bot.TellAsync(said, "/dispatch help");
        for (var i = 0; i < 30; i++)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(1));
            await bot.SettleAsync();
        }

        Assert.Single(await bot.ListAsync("/issues/1/comments"));
    }

    [Fact]
    public async Task Somebody_who_copies_our_marker_is_not_taken_for_us()
    {
        await using var bot = await StartAsync();
        var (issue, said) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.TellAsync(said, "/dispatch help");
        var ours = (await bot.ListAsync("/issues/2/comments"))[^1];
        await bot.AsAsync("ann", HttpMethod.Delete, $"/issues/comments/{ours["id"]}");
        await bot.SayAsync(said, ours.Text("body"), "rea");
        await bot.Store.WriteAsync(db => Dapper.SqlMapper.Execute(db, "UPDATE outbox SET state = 'pending', result = NULL, intent_at = NULL WHERE kind = 'say-once'"), default);
        await bot.SettleAsync();

        Assert.Equal(2, (await bot.HeardAsync(said)).Count);
        Assert.Equal(0, await bot.CountAsync("items", $"issue = {issue}"));
    }

    private static Task<Bot> StartAsync() => Bot.StartAsync(new BotSetup { Limited = false, Settings = [("ReconcileEvery", "00:05:00")] });

    /// <summary>What tells a mutation from the questions that go to the same address.</summary>
    private static string? BodyOf(string kind) => kind == "mark-ready" ? "markPullRequestReadyForReview" : null;

    private static string ActorOf(string kind) => kind is "post-review" or "put-check" ? "muster-review[bot]" : "muster[bot]";

    /// <summary>One issue from its label to its retro, and one answer on another: every kind of effect happens once.</summary>
    private static async Task PlayAsync(Bot bot)
    {
        using var runner = await FakeRunner.EnrolAsync(bot);
        var (issue, said) = (await bot.IssueAsync(), await bot.IssueAsync());
        await bot.TellAsync(said, "/dispatch help");
        await bot.LabelAsync(issue);
        await bot.GatherAsync();
        await PatientAsync(bot);
        await runner.ImplementAsync(await runner.NextAsync(JobKind.Implement));
        await PatientAsync(bot);
        await runner.ReviewAsync(await runner.NextAsync(JobKind.Review), approves: true);
        await PatientAsync(bot);
        await bot.RestAsync();
        await PatientAsync(bot);
    }

    /// <summary>Until nothing is put off any more.</summary>
    private static async Task PatientAsync(Bot bot)
    {
        for (var i = 0; i < 40 && await bot.CountAsync("outbox", "state = 'pending'") > 0; i++)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(2));
            await bot.SettleAsync();
        }
    }

    private static async Task<int> PullAsync(Bot bot) => (await bot.ListAsync("/pulls?state=all"))[0]["number"]!.GetValue<int>();

    private static async Task<IEnumerable<JsonNode>> ChecksAsync(Bot bot)
    {
        var head = (await bot.ListAsync("/pulls?state=all"))[0]["head"]!.Text("sha");
        return (await bot.AsAsync("ann", HttpMethod.Get, $"/commits/{head}/check-runs"))["check_runs"]!.AsArray().Select(c => c!);
    }

    /// <summary>By which request a kind is written, and what stands on GitHub of it.</summary>
    private sealed class Written
    {
        private readonly Func<Bot, Task<IEnumerable<JsonNode>>> stands;

        public Written(string method, string path, Func<Bot, Task<IEnumerable<JsonNode>>> stands) => (Method, Path, this.stands) = (method, path, stands);

        public Written(string method, string path, Func<Bot, Task<IReadOnlyList<JsonNode>>> stands)
            : this(method, path, async bot => (IEnumerable<JsonNode>)await stands(bot))
        {
        }

        public string Method { get; }

        public string Path { get; }

        /// <summary>Of ours: people's comments do not count.</summary>
        public async Task<IEnumerable<JsonNode>> StandsAsync(Bot bot) =>
            (await stands(bot)).Where(n => n["body"] is null || n["user"]?.Text("type") == "Bot");
    }
}
