using Muster.Core.Commands;

namespace Muster.Core.Tests.Commands;

public sealed class CommandParserTests
{
    public static TheoryData<string, Command> Understood => new()
    {
        { "/dispatch", new Command.Dispatch(new DispatchScope.This()) },
        { "/muster", new Command.Dispatch(new DispatchScope.This()) },
        { "/Dispatch ", new Command.Dispatch(new DispatchScope.This()) },
        { "/dispatch --provider zhipu --agent=claude", new Command.Dispatch(new DispatchScope.This(), "zhipu", "claude") },
        { "/dispatch all", new Command.Dispatch(new DispatchScope.All()) },
        { "/muster ALL --agent codex", new Command.Dispatch(new DispatchScope.All(), null, "codex") },
        { "/dispatch all label:x", new Command.Dispatch(new DispatchScope.All("x")) },
        { "/dispatch all label:\"good first issue\"", new Command.Dispatch(new DispatchScope.All("good first issue")) },
        { "/dispatch plan", new Command.Plan() },
        { "/dispatch status", new Command.Status() },
        { "/dispatch why", new Command.Why() },
        { "/dispatch cancel", new Command.Cancel() },
        { "/dispatch retry", new Command.Retry() },
        { "/dispatch retry --provider volcano", new Command.Retry("volcano") },
        { "/dispatch steer use `Span<T>`, **not** --strings  please", new Command.Steer("use `Span<T>`, **not** --strings  please") },
        { "/dispatch hold", new Command.Hold() },
        { "/dispatch after #11", new Command.After(new IssueNumber(11)) },
        { "/dispatch after 11", new Command.After(new IssueNumber(11)) },
        { "/dispatch release", new Command.Release() },
        { "/dispatch release 15", new Command.Release(new IssueNumber(15)) },
        { "/dispatch pause", new Command.Pause() },
        { "/dispatch pause 2h release day", new Command.Pause("release day", TimeSpan.FromHours(2)) },
        { "/dispatch pause release in 2h", new Command.Pause("release in 2h") },
        { "/dispatch resume", new Command.Unpause() },
        { "/dispatch freeze 30m", new Command.Freeze(null, TimeSpan.FromMinutes(30)) },
        { "/dispatch thaw", new Command.Thaw() },
        { "/dispatch approve g-7", new Command.Approve("g-7") },
        { "/dispatch deny g-7", new Command.Deny("g-7") },
        { "/dispatch grade b", new Command.Grade('B') },
        { "/dispatch experiment", new Command.Experiment() },
        { "/dispatch retro", new Command.Retro() },
        { "/dispatch help", new Command.Help() },
    };

    [Theory, MemberData(nameof(Understood))]
    public void A_command_is_read(string line, Command expected) => Assert.Equal([expected], CommandParser.Parse(line));

    [Theory]
    [InlineData("/dispatch statsu", "statsu", "status")]
    [InlineData("/dispatch realease 15", "realease", "release")]
    [InlineData("/dispatch whatever you like", "whatever", null)]
    [InlineData("/dispatch cancel #12", "cancel #12", "cancel")]
    [InlineData("/dispatch release fifteen", "release fifteen", "release [#N]")]
    [InlineData("/dispatch after", "after", "after #N")]
    [InlineData("/dispatch after #0", "after #0", "after #N")]
    [InlineData("/dispatch after 99999999999", "after 99999999999", "after #N")]
    [InlineData("/dispatch steer", "steer", "steer TEXT")]
    [InlineData("/dispatch grade G", "grade G", "grade A|B|C|D|E|F")]
    [InlineData("/dispatch --provider", "--provider", "[--provider NAME] [--agent NAME]")]
    [InlineData("/dispatch --model gpt", "--model", "[--provider NAME] [--agent NAME]")]
    [InlineData("/dispatch all --provider `id`", "--provider", "all [label:NAME] [--provider NAME] [--agent NAME]")]
    [InlineData("/dispatch `x`", "'x'", null)]
    public void What_is_not_understood_is_answered_with_what_was_meant(string line, string word, string? nearest) =>
        Assert.Equal([new Command.Unknown(word, nearest)], CommandParser.Parse(line));

    [Theory]
    [InlineData("please /dispatch")]
    [InlineData("/dispatching")]
    [InlineData("/dispatch-all")]
    [InlineData("> /dispatch all")]
    [InlineData("> said\n/dispatch all")]
    [InlineData("- > /dispatch all")]
    [InlineData("```\n/dispatch all\n```")]
    [InlineData("```\n/dispatch all")]
    [InlineData("~~~md\n/dispatch all\n~~~")]
    [InlineData("    /dispatch all")]
    [InlineData("\t/dispatch all")]
    [InlineData("`/dispatch all`")]
    [InlineData("use `x\n/dispatch all\n` so")]
    [InlineData("<!-- \n\n/dispatch all\n\n-->")]
    [InlineData("see <!-- \n/dispatch all\n--> so")]
    [InlineData("<div>\n/dispatch all\n</div>")]
    [InlineData("# /dispatch all")]
    [InlineData("/dispatch all\n===")]
    [InlineData("[/dispatch all](https://example.com)")]
    [InlineData("[see\n/dispatch all](https://example.com)")]
    [InlineData("- /dispatch all")]
    [InlineData("1. /dispatch all")]
    [InlineData(@"\/dispatch all")]
    [InlineData("[x]: /dispatch\n")]
    [InlineData("")]
    public void What_is_quoted_or_shown_is_not_said(string text) => Assert.Empty(CommandParser.Parse(text));

    [Fact]
    public void Every_line_can_carry_a_command()
    {
        var commands = CommandParser.Parse("Looks good.\r\n/dispatch release 15\r\n/dispatch retry\r\n\r\n> /dispatch all\r\n\r\nand\n  /muster status  \n- a\n- b\n\n/dispatch help");

        Assert.Equal(
            [new Command.Release(new IssueNumber(15)), new Command.Retry(), new Command.Status(), new Command.Help()],
            commands);
    }

    [Fact]
    public void A_comment_gives_at_most_twenty_commands() =>
        Assert.Equal(20, CommandParser.Parse(string.Join('\n', Enumerable.Repeat("/dispatch status", 500))).Count);

    [Fact]
    public void A_long_body_is_cut_between_paragraphs()
    {
        var filler = string.Join("\n\n", Enumerable.Repeat(new string('x', 1000), 250));

        Assert.Equal([new Command.Status()], CommandParser.Parse($"/dispatch status\n\n{filler}\n\n/dispatch all"));
        // The span is closed behind the cut: what is inside it must not turn into a command.
        Assert.Empty(CommandParser.Parse($"a `span\n/dispatch all\n{new string('x', CommandParser.LongestBody)}` end"));
    }

    public static TheoryData<string> Hostile => new()
    {
        new string('>', 60_000),
        string.Concat(Enumerable.Repeat("> ", 30_000)),
        string.Concat(Enumerable.Repeat("- ", 30_000)),
        new string('[', 60_000),
        string.Concat(Enumerable.Repeat("[a](", 15_000)),
        string.Concat(Enumerable.Repeat("![", 30_000)),
        string.Concat(Enumerable.Repeat("*a_ ", 15_000)),
        string.Concat(Enumerable.Repeat("<a ", 20_000)),
        string.Concat(Enumerable.Repeat("<!--", 15_000)),
        string.Concat(Enumerable.Repeat("`a``b```c", 7_000)),
        string.Concat(Enumerable.Range(0, 340).Select(n => new string('`', n % 340) + " ")),
        string.Concat(Enumerable.Repeat("\\\n", 30_000)),
        string.Concat(Enumerable.Repeat("[a]: b\n", 9_000)),
        string.Concat(Enumerable.Repeat("&#0;", 15_000)),
        string.Concat(Enumerable.Range(0, 200).Select(n => new string(' ', n) + "- x\n")),
        string.Concat(Enumerable.Repeat("\0\uD800", 30_000)),
    };

    [Theory, MemberData(nameof(Hostile))]
    public void Hostile_text_is_read_in_time_and_harms_nobody(string text)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();

        CommandParser.Parse(text + "\n\n/dispatch all");
        CommandParser.Parse("/dispatch all " + text);

        Assert.True(started.Elapsed < TimeSpan.FromSeconds(30), $"took {started.Elapsed}");
    }
}
