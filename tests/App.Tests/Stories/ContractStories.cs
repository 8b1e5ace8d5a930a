using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Muster.Core.Waves;

namespace Muster.App.Tests.Stories;

/// <summary>Contracts that cannot run as written: each is answered with the exact fix, and nothing is started.</summary>
public sealed class ContractStories : IAsyncLifetime
{
    private const string Tests = "using Xunit;\npublic sealed class ShopTests\n{\n    [Fact]\n    public void Sells_apples() => Assert.True(true);\n}\n";

    private static readonly (string Yaml, string Says, string Fix)[] Wrong =
    [
        ("scop: [src/a/**]", "`scop` is not a known key (line 1); did you mean `scope`?", "scope: [src/a/**]"),
        ("scope: &all [src/a/**]\nexclude: *all", "uses an anchor", "scope: \"&all [src/a/**]\""),
        ("scope: [*all]", "uses an alias", "scope: [\"*all\"]"),
        ("scope: {a: b}", "`scope`", "scope: ["),
        ("budget: soon", "`budget`", "# budget: soon"),
        ("budget: {minutes: many}", "minutes", "minutes: 40"),
        ("risk: terrible", "`risk`", "risk: "),
        ("depends_on: [8]", "#{0} depends on itself", "depends_on: []"),
        ("depends_on: [99]", "#{0} depends on #99, which does not exist", "depends_on: []"),
        ("depends_on: [soon]", "`soon`, which is no issue", "depends_on: []"),
        ("scope: [\"../other/**\", \"src/a/**\"]", "climbs out of the tree with `..`", "scope: [src/a/**]"),
        ("files: [/etc/passwd]", "is an absolute path", "files: [etc/passwd]"),
        ("scope: [\".git/hooks/**\"]", "points into `.git`", "scope: []"),
        ("budget: {minutes: 500}", "the policy caps it at 90", "budget: {minutes: 90}"),
        ("acceptance: [\"dotnet test --filter Name=Sells_aples\"]", "matches no test in the tree and no name in `tests`; did you mean `Sells_apples`?", "acceptance: ["),
        ("acceptance: [\"dotnet test --filter Name=Flies_to_the_moon\"]", "would run no test", "tests: [Flies_to_the_moon]"),
        ("base: mian", "does not exist; did you mean `main`?", "base: main"),
        ("- one\n- two", "must be a map", "scope: [\"src/**\"]"),
    ];

    private static readonly string[] Hostile =
    [
        "\"sc\\n\\n@ann fixes #7\": [x]",
        "depends_on: [\"a\\n\\n@ann fixes #7\"]",
        "scope: [\"../x\\n\\n@ann fixes #7 ``` @ann\"]",
        "base: \"x\\n\\n@ann fixes #7 ![](http://evil.example)\"",
        "tests: [\"-\\n\\n@ann fixes #7\"]\nfiles: [\"``` @ann\"]",
        "acceptance: [\"dotnet test --filter 'Name=a\\n\\n@ann fixes #7'\"]",
        "risk: \"@ann\\n\\n@ann fixes #7\"",
    ];

    private Bot bot = null!;
    private FakeRunner runner = null!;

    public async Task InitializeAsync()
    {
        bot = await Bot.StartAsync(new BotSetup { Files = [("tests/ShopTests.cs", Tests)] });
        runner = await FakeRunner.EnrolAsync(bot);
    }

    public async Task DisposeAsync()
    {
        runner.Dispose();
        await bot.DisposeAsync();
    }

    [Fact]
    public async Task What_cannot_run_as_written_is_parked_with_the_exact_fix()
    {
        foreach (var (yaml, _, _) in Wrong)
            await bot.LabelAsync(await bot.IssueAsync("Do it", $"Please.\n\n```muster\n{yaml}\n```\n"));
        await bot.GatherAsync();

        for (var issue = 1; issue <= Wrong.Length; issue++)
            await IsRefusedAsync(issue, Wrong[issue - 1].Says.Replace("{0}", $"{issue}", StringComparison.Ordinal), Wrong[issue - 1].Fix);
    }

    [Fact]
    public async Task Five_thousand_paths_are_answered_with_their_folders()
    {
        var paths = string.Join(", ", Enumerable.Range(0, 5_000).Select(n => $"src/f{n}"));
        var issue = await bot.ContractAsync($"files: [{paths}]");
        await bot.StartAsync(issue);
        await IsRefusedAsync(issue, "`files` has 5,000 entries, and at most 200 are allowed", "scope: [src/**]");
    }

    [Fact]
    public async Task A_ring_is_named_and_nobody_in_it_runs()
    {
        await bot.ContractAsync("depends_on: [2]");
        await bot.ContractAsync("depends_on: [3]");
        await bot.ContractAsync("depends_on: [1]");
        var outside = await bot.ContractAsync("scope: [src/b/**]");
        await bot.StartAsync(1, 2, 3, outside);

        foreach (var issue in new[] { 1, 2, 3 })
        {
            Assert.Equal(ItemState.Parked, (await bot.ItemAsync(issue)).State);
            Assert.Contains($"#{issue} can never start, because #1, #2 and #3 depend on each other in a ring.", Assert.Single(await bot.HeardAsync(issue)), StringComparison.Ordinal);
        }

        Assert.Equal((ItemState.Implementing, 1), ((await bot.ItemAsync(outside)).State, await bot.CountAsync("jobs")));
    }

    [Fact]
    public async Task A_contract_that_was_mended_runs_when_it_is_labelled_again()
    {
        var issue = await bot.ContractAsync("scop: [src/a/**]");
        await bot.StartAsync(issue);
        await bot.AsAsync("ann", HttpMethod.Patch, $"/issues/{issue}", new { body = "---\nscope: [src/a/**]\n---\nPlease." });
        await bot.StartAsync(issue);

        Assert.Equal(["src/a/**"], (await runner.NextAsync()).Contract.Scope);
        Assert.Equal((ItemState.Implementing, 2), ((await bot.ItemAsync(issue)).State, (await bot.ItemAsync(issue)).Generation));
        Assert.Equal(["agent:running"], await bot.LabelsAsync(issue));
        Assert.Single(await bot.HeardAsync(issue));
    }

    [Fact]
    public async Task Nothing_in_a_contract_comes_alive_in_the_answer()
    {
        foreach (var yaml in Hostile)
            await bot.LabelAsync(await bot.IssueAsync("Do it", $"```muster\n{yaml}\n```"));
        await bot.GatherAsync();

        for (var issue = 1; issue <= Hostile.Length; issue++)
        {
            Assert.Equal((issue, ItemState.Parked), (issue, (await bot.ItemAsync(issue)).State));
            foreach (var said in (await bot.HeardAsync(issue)).Concat(await bot.StatusAsync(issue)))
                SaysNothingAlive(said);
        }
    }

    private static void SaysNothingAlive(string said)
    {
        var live = string.Join(' ', Markdown.Parse(said).Descendants<LiteralInline>().Select(l => l.Content.ToString()));
        Assert.DoesNotContain("@ann", live, StringComparison.Ordinal);
        Assert.DoesNotContain("fixes #7", live, StringComparison.Ordinal);
        Assert.Empty(Markdown.Parse(said).Descendants<LinkInline>());
    }

    private async Task IsRefusedAsync(int issue, string says, string fix)
    {
        var item = await bot.ItemAsync(issue);
        Assert.Equal((ItemState.Parked, "refused"), (item.State, item.FirstPlacement));
        Assert.NotNull(item.Attention);
        Assert.Equal(["agent:needs-human"], await bot.LabelsAsync(issue));
        Assert.Equal(0, await bot.CountAsync("jobs"));
        var said = Assert.Single(await bot.HeardAsync(issue));
        Assert.Contains(says, said, StringComparison.Ordinal);
        Assert.Contains($"```yaml\n{fix}", said, StringComparison.Ordinal);
    }
}
