using System.Text.Json.Nodes;
using Muster.App.Tests.Stories;
using Muster.Core;
using Muster.Core.Waves;
using Muster.Core.Wire;
using Muster.Core.Words;

namespace Muster.App.Tests.Threats;

/// <summary>T23, words of others in our name: nobody is called, nothing is closed, linked, shown or commanded, and nothing is hidden.</summary>
public sealed class T23SpeechTests
{
    private static readonly string[] Corpus =
    [
        "@octocat", "hi @acme/team, look", "(@ann)", "**@ann**", "\\@ann", "&#64;ann", "&commat;ann", "`@ann", "``@ann`` @ann", "~~~\n@ann", "@ann\u200B", "\u202E@ann",
        "fixes #1", "Closes: #1", "resolved acme/other#3", "fix GH-1", "closes https://github.com/acme/shop/issues/1", "closes\u00A0#1", "fixes\n#1",
        "https://evil.example/x", "HTTP://EVIL.EXAMPLE", "www.evil.example", "ftp://evil.example", "<https://evil.example>", "[x](https://evil.example)", "[x]: https://evil.example",
        "[x][y]\n\n[y]: https://evil.example", "![x](https://evil.example/x.png)", "!\\[x](javascript:alert(1))", "mailto:ann@evil.example", "xmpp:ann@evil.example", "data:text/html,x",
        "<img src=https://evil.example>", "<a href=\"https://evil.example\">x</a>", "<!-- muster 00 -->", "<!--", "<details><summary>x", "<script>alert(1)</script>", "&lt;b&gt;<b>",
        "/dispatch all", "/lgtm", "/approve\n/merge", "@dependabot merge", "bors r+", "Bors: try", "text\n/dispatch all", "text\n  /dispatch all", "text\r/close", "text\u2028/close", "text\n@dependabot rebase",
        "```\n@ann\n```", "```` ``` @ann", "~~~~\nx", "    code\n@ann", "> quote\n@ann", "# heading @ann", "| a | b |\n|---|---|\n| @ann | x |", "|@ann", "a | b @ann", "---\n@ann", "===",
        "\u202Eevil\u202C", "\u2066x\u2069", "a\u200Bb", "\uFEFFx", "\u001B[31mred", "\u0007bell", "x\u009By", "\U000E0041\U000E0042", "a\U000E0101b", "\u00ADsoft", "\u0000nul",
        "x` @ann `y", "x`` @ann ``y", "'@ann'", "\\` @ann \\`", "` ` @ann", "acme/other#3", "see acme/other#3 and #1", "\\acme/other#3", "acme/other&#35;3",
    ];

    public static TheoryData<string> Kinds => ["prose", "line", "code", "block", "sentence", "sentence in backticks", "title", "reply", "not allowed", "parked"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Nothing_of_the_corpus_is_live_alone_or_after_other_words(string kind)
    {
        foreach (var text in Corpus.Concat(Corpus.Select(text => $"Some words, {text} and more")).Concat(Pairs()))
        {
            var said = kind switch
            {
                "prose" => SafeText.Prose(text),
                "line" => $"| {SafeText.Line(text)} | x |\n|---|---|\n| {SafeText.Line(text)} | x |",
                "code" => $"Here {SafeText.Code(text)} ends.",
                "block" => SafeText.Block(text),
                "sentence" => SafeText.Sentence($"It says {text} there."),
                "sentence in backticks" => SafeText.Sentence($"`{text}` is no known key; did you mean `{text}`?"),
                "title" => PullWords.Title(ItemOf(text)),
                "reply" => ReplyWords.Unknown(new Core.Commands.Command.Unknown(text, null)),
                "not allowed" => ReplyWords.NotAllowed(text, "a command"),
                _ => CommentWords.Parked(text, "Look at it."),
            };
            var alive = kind == "title" ? Liveness.OfPlain(said) : Liveness.Of(said);
            Assert.True(!alive.Any(), $"{string.Join(", ", alive)} in {said} of {text}");
        }
    }

    [Fact]
    public void The_judge_itself_finds_what_is_live()
    {
        string[] live = ["@octocat", "fixes #1", "acme/other#3", "https://evil.example", "www.evil.example", "[x](https://evil.example)", "![x](https://evil.example)", "<img src=x>", "/lgtm", "@dependabot merge", "bors r+", "\u202Ex", "```\n/lgtm\n```"];

        Assert.All(live, text => Assert.NotEmpty(Liveness.Of(text)));
        Assert.DoesNotContain(Liveness.Of("`@octocat` says `fixes #1`, see #1\n\n```text\n@octocat\n```"), found => !found.StartsWith("command", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_that_the_app_writes_on_GitHub_is_live_whoever_put_what_where()
    {
        await using var bot = await Bot.StartAsync(new BotSetup { Files = [(".github/muster.yml", Policy)] });
        using var runner = await FakeRunner.EnrolAsync(bot);
        await FloodAsync(bot, runner);

        var written = await WrittenAsync(bot);
        Assert.True(written.Count > 40, $"only {written.Count} texts were written");
        foreach (var (what, text, closes) in written)
        {
            var alive = (what is "title" ? Liveness.OfPlain(text) : Liveness.Of(text, closes)).ToList();
            Assert.True(alive.Count == 0, $"{what}: {string.Join(", ", alive)} in {text}");
        }
    }

    private static string Policy => $"max_wave: many\n\"{Corpus[0]}\": 1\n\"fixes #1\": x\ngates: {{\"acme/other#3\": block}}\n";

    /// <summary>Puts the corpus into everything that others say and that we may say again.</summary>
    private static async Task FloodAsync(Bot bot, FakeRunner runner)
    {
        var all = string.Join("\n\n", Corpus.Select(text => text.Replace("\u0000", "", StringComparison.Ordinal)));
        var talk = await bot.IssueAsync("Talk", all);
        foreach (var text in Corpus.Where(text => text.AsSpan().IndexOfAny('\0', '\n', '\r') < 0).Where((_, at) => at % 3 == 0))
            await bot.SayAsync(talk, $"/dispatch {text}");
        await PaceAsync(bot);
        await bot.TellAsync(talk, "/dispatch pause @ann fixes #1 https://evil.example");
        await bot.TellAsync(talk, "/dispatch all label:\"@ann fixes acme/other#3\"");
        await bot.TellAsync(talk, "/dispatch resume");
        string[] wrong =
        [
            "scope: [\"../@ann\", \"/fixes #1\", \"x` @ann `y\"]", "\"@ann` fixes #1 `\": x", "depends_on: [\"acme/other#3\", 999]", "depends_on: [\"@ann` x `\"]", "base: \"@ann/fixes-1\"",
            "acceptance: [\"dotnet test --filter '@ann` fixes #1 `'\"]\ntests: [\"x` @ann `y\"]", "tests: [\"@ann\", \"@ann\", \"* fixes #1\"]", "risk: \"https://evil.example\"", "scope: [&a \"@ann\"]", "scope: {\"@ann\": 1}", "files: [\"/etc/@ann\"]\nscope: [\"```\", \"~~~\"]",
        ];
        var refused = new List<int>();
        foreach (var yaml in wrong)
            refused.Add(await bot.ContractAsync(yaml, "@ann fixes #1"));
        await bot.StartAsync([.. refused]);
        await bot.TellAsync(talk, "/dispatch plan");
        await bot.TellAsync(talk, "/dispatch status");
        foreach (var issue in refused)
            await bot.TellAsync(issue, "/dispatch cancel");
        await PaceAsync(bot);

        foreach (var (at, title) in Corpus.Where(text => text.Length > 6 && !text.Contains('\0')).Take(40).Chunk(8).Select(chunk => string.Join(" ", chunk)).Index())
        {
            var issue = await bot.IssueAsync(title, $"---\nscope: [\"src/@ann{at}/**\", \"src/`x{at}/**\"]\nacceptance: [\"echo '@ann fixes #1 `x'\"]\n---\n{all}");
            await bot.StartAsync(issue);
            var order = await runner.NextAsync(JobKind.Implement);
            AcceptanceRun Run(CheckoutSide side, int exitCode) => new("echo '@ann fixes #1 `x'", side, exitCode, null, [], 1, all);
            var head = await runner.WorkAsync(order, ($"src/@ann{at}/fixes #1.txt", "one\n"));
            await runner.PushAsync(order, head);
            await runner.ReportAsync(order, FakeRunner.Done(head, new Evidence([Run(CheckoutSide.Base, 1), Run(CheckoutSide.Head, 0)])));
            var review = await runner.NextAsync(JobKind.Review);
            await runner.ReviewAsync(
                review, approves: false,
                new Finding(Severity.Blocking, title, 1, title, all, 0.9), new Finding(Severity.Blocking, $"src/@ann{at}/fixes #1.txt", 1, title, all, 0.9), new Finding(Severity.Minor, null, null, title, all, 0.1));
            await runner.FailAsync(await runner.NextAsync(), FailureClass.GaveUp, all);
            await PaceAsync(bot);
        }

        await bot.RestAsync();
    }

    /// <summary>Lets so much time pass that GitHub takes everything that is still to be said.</summary>
    private static async Task PaceAsync(Bot bot)
    {
        do
        {
            await bot.SettleAsync();
            bot.Time.Advance(TimeSpan.FromSeconds(20));
            await bot.SettleAsync();
        }
        while (await bot.CountAsync("outbox", "state = 'pending'") > 0);
        bot.Time.Advance(TimeSpan.FromSeconds(61));
    }

    /// <summary>Every title and text that our Apps ever sent.</summary>
    private static async Task<IReadOnlyList<(string What, string Text, int? Closes)>> WrittenAsync(Bot bot)
    {
        var texts = new List<(string, string, int?)>();
        foreach (var entry in await bot.JournalAsync())
        {
            if (entry["actor"]!["kind"]!.GetValue<string>() != "installation" || entry["method"]!.GetValue<string>() == "GET" || Parsed(entry["body"]) is not JsonObject body)
                continue;
            var isPull = entry.Text("path").EndsWith("/pulls", StringComparison.Ordinal);
            int? closes = isPull && body["head"] is { } head ? int.Parse(head.GetValue<string>().Split('/')[1], System.Globalization.CultureInfo.InvariantCulture) : null;
            foreach (var (name, node) in Strings(body))
            {
                if (name is "body" or "summary" or "text" or "title" or "message")
                    texts.Add((name, node, name == "body" ? closes : null));
            }
        }

        return texts;
    }

    private static JsonNode? Parsed(JsonNode? body)
    {
        try
        {
            return body is null ? null : JsonNode.Parse(body.GetValue<string>());
        }
        catch (System.Text.Json.JsonException)
        {
            // A push is no JSON.
            return null;
        }
    }

    private static IEnumerable<(string Name, string Text)> Strings(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Value is JsonValue value && value.TryGetValue<string>(out var text) ? [(p.Key, text)] : Strings(p.Value)),
        JsonArray list => list.SelectMany(Strings),
        _ => [],
    };

    private static IEnumerable<string> Pairs()
    {
        var random = new Random(20261120);
        return Enumerable.Range(0, 1_500).Select(_ => $"{Corpus[random.Next(Corpus.Length)]}{" \n`*_|"[random.Next(6)]}{Corpus[random.Next(Corpus.Length)]}");
    }

    private static Item ItemOf(string title) => new()
    {
        Id = new ItemId(1),
        Wave = new WaveId(1),
        Repo = new RepoId(1),
        Issue = new IssueNumber(7),
        Generation = 1,
        Snapshot = new Snapshot(title, "", "ann", DateTimeOffset.UnixEpoch, "ann", []),
    };
}
