using Muster.Core.Contracts;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Gates;

public sealed class AcceptanceTests
{
    private const string Command = "dotnet test --filter Lexer";
    private static readonly Change Some = Given.Change(("src/a.md", null, "x\n"));

    [Theory]
    [InlineData(1, 0, AcceptanceOutcome.Met)]
    [InlineData(0, 0, AcceptanceOutcome.NoRegression)]
    [InlineData(1, 1, AcceptanceOutcome.NotMet)]
    [InlineData(0, 1, AcceptanceOutcome.NotMet)]
    public void Head_decides_and_base_says_what_it_proves(int onBase, int onHead, AcceptanceOutcome outcome)
    {
        var evidence = new Evidence([Run(CheckoutSide.Base, onBase), Run(CheckoutSide.Head, onHead)]);

        Assert.Equal(outcome, Acceptance.Outcome(evidence, Command));
        Assert.Equal(onHead == 0 ? [] : ["acceptance Block -:-"], Judge(evidence).Short());
    }

    [Fact]
    public void A_command_that_did_not_run_on_head_is_not_met()
    {
        Assert.Equal(AcceptanceOutcome.Missing, Acceptance.Outcome(Evidence.None, Command));
        Assert.Equal("`dotnet test --filter Lexer` was not run on the change.", Assert.Single(Judge(Evidence.None).Findings).Says);
    }

    [Fact]
    public void A_command_that_never_ended_is_not_met() =>
        Assert.Contains("did not end", Assert.Single(Judge(new Evidence([Run(CheckoutSide.Head, null)])).Findings).Says, StringComparison.Ordinal);

    [Fact]
    public void Exit_code_zero_proves_nothing_where_no_test_ran()
    {
        var evidence = new Evidence([Run(CheckoutSide.Head, 0, tests: 0)]);

        Assert.Equal(AcceptanceOutcome.NotMet, Acceptance.Outcome(evidence, Command));
        Assert.Equal("`dotnet test --filter Lexer` ended with exit code 0 and ran no test.", Assert.Single(Judge(evidence).Findings).Says);
    }

    [Fact]
    public void A_failure_carries_exit_code_and_last_line() => Assert.Equal(
        "`dotnet test --filter Lexer` failed with exit code 2: Failed! 1 of 3",
        Assert.Single(Judge(new Evidence([Run(CheckoutSide.Head, 2) with { Tail = "noise\nFailed! 1 of 3\n\n" }])).Findings).Says);

    [Theory]
    [InlineData("App.LexerTests.Reads_hex", true)]
    [InlineData("Reads_hex", true)]
    [InlineData("App.LexerTests.Reads_hex(text: \"0x1\", value: 1)", true)]
    [InlineData("tests/test_lexer.py::Reads_hex[1]", true)]
    [InlineData("App.LexerTests.Reads_hex_badly", false)]
    [InlineData("App.LexerTests.Never_Reads_hex", false)]
    public void A_named_test_must_be_among_those_that_passed(string passed, bool met) => Assert.Equal(
        met ? [] : ["acceptance Block -:-"],
        Judge(new Evidence([Run(CheckoutSide.Head, 0, tests: 1, passed)]), "Reads_hex").Short());

    [Fact]
    public void A_named_test_that_was_written_but_did_not_pass_is_shown_where_it_stands()
    {
        var change = Given.Change(("tests/LexerTests.cs", null, "class LexerTests\n{\n    [Fact(Skip = \"later\")]\n    public void Reads_hex() => Assert.True(true);\n}\n"));

        var verdict = change.Judge(
            new Contract { Acceptance = [Command], Tests = ["Reads_hex"] }, new Evidence([Run(CheckoutSide.Head, 0, tests: 1, "Other")]));

        Assert.Equal(["acceptance Block tests/LexerTests.cs:4"], verdict.Short());
    }

    [Fact]
    public void Where_no_runner_names_its_tests_a_missing_one_is_a_question() =>
        Assert.Equal(["acceptance AskReviewer -:-"], Judge(new Evidence([Run(CheckoutSide.Head, 0)]), "Reads_hex").Short());

    [Fact]
    public void Without_commands_there_is_nothing_to_meet() => Assert.Empty(Some.Judge(new Contract()).Short());

    private static GateVerdict Judge(Evidence evidence, params string[] tests) =>
        Some.Judge(new Contract { Acceptance = [Command], Tests = tests }, evidence);

    private static AcceptanceRun Run(CheckoutSide side, int? exit, int? tests = null, params string[] passed) =>
        new(Command, side, exit, tests, passed, 1, "");
}
