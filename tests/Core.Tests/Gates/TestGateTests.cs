using Muster.Core.Contracts;
using static Muster.Core.Tests.Gates.Samples;

namespace Muster.Core.Tests.Gates;

/// <summary>Tests nobody asked for, and tests that no longer hold anything up.</summary>
public sealed class TestGateTests
{
    private const string File = "tests/LexerTests.cs";
    private static readonly string Old = Class(Fact("Reads_words", 2), "LexerTests");

    [Fact]
    public void A_test_that_nobody_asked_for_is_refused_at_its_line() => Assert.Equal(
        [$"extra-tests Block {File}:14"],
        Given.Change((File, Old, Class(Fact("Reads_words", 2) + Fact("Nobody_asked", 1), "LexerTests")), ("src/Lexer.cs", "class A;\n", "class A { }\n"))
            .Judge(new Contract { Files = ["src/Lexer.cs"] }).Short());

    [Fact]
    public void Where_the_contract_names_tests_every_other_one_is_too_many() => Assert.Equal(
        [$"extra-tests Block {File}:21"],
        Given.Change((File, Old, Class(Fact("Reads_words", 2) + Fact("Reads_hex", 1) + Fact("Generated_case_1", 1), "LexerTests")))
            .Judge(new Contract { Scope = ["tests/**"], Tests = ["Reads_hex"] }).Blocking());

    [Theory]
    [InlineData("Reads_hex")]
    [InlineData("LexerTests.Reads_hex")]
    [InlineData("App.LexerTests.Reads_hex")]
    public void A_test_that_the_contract_names_is_welcome(string name) => Assert.Empty(
        Given.Change((File, Old, Class(Fact("Reads_words", 2) + Fact("Reads_hex", 1), "LexerTests"))).Judge(new Contract { Tests = [name] }).Short());

    [Fact]
    public void Tests_are_welcome_in_files_that_the_issue_lets_change() => Assert.Empty(
        Given.Change((File, Old, Class(Fact("Reads_words", 2) + Fact("Reads_hex", 1), "LexerTests"))).Judge(new Contract { Scope = ["tests/**"] }).Short());

    [Fact]
    public void An_issue_without_any_bounds_leaves_it_to_the_reviewer() => Assert.Equal(
        [$"extra-tests AskReviewer {File}:14"],
        Given.Change((File, Old, Class(Fact("Reads_words", 2) + Fact("Reads_hex", 1), "LexerTests"))).Judge().Short());

    [Fact]
    public void A_test_that_is_renamed_or_moved_is_neither_new_nor_deleted()
    {
        var contract = new Contract { Files = [File] };

        Assert.Empty(Given.Change((File, Old, Class(Fact("Reads_all_words", 2), "LexerTests"))).Judge(contract).Short());
        Assert.Empty(Given.Change((File, Old, null), ("tests/text/LexerTests.cs", null, Old)).Judge(contract).Short());
    }

    [Fact]
    public void A_deleted_test_is_refused() => Assert.Contains(
        $"tests-weakened Block {File}:6",
        Given.Change((File, Old, Class("    public int A;", "LexerTests"))).Judge().Short());

    [Theory]
    [InlineData("[Fact]", "[Fact(Skip = \"flaky\")]", "is skipped now")]
    [InlineData("[Fact]", "[Fact, Ignore(\"later\")]", "is skipped now")]
    [InlineData("Assert.Equal(1, Lexer.Count(\"1\"));", "Lexer.Count(\"1\");", "asserts nothing any more")]
    public void A_test_that_no_longer_tests_is_refused_at_its_line(string find, string with, string says)
    {
        var before = Class(Fact("Reads_words", 1), "LexerTests");

        var verdict = Given.Change((File, before, before.Replace(find, with, StringComparison.Ordinal))).Judge();

        Assert.Equal([$"tests-weakened Block {File}:6"], verdict.Short());
        Assert.Contains(says, verdict.Findings[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_assertions_are_a_question_to_the_reviewer() => Assert.Equal(
        [$"tests-weakened AskReviewer {File}:6"],
        Given.Change((File, Old, Class(Fact("Reads_words", 1), "LexerTests"))).Judge().Short());

    [Fact]
    public void A_test_that_asserts_more_is_welcome() =>
        Assert.Empty(Given.Change((File, Old, Class(Fact("Reads_words", 3), "LexerTests"))).Judge().Short());

    [Fact]
    public void Test_code_inside_a_string_is_no_test() => Assert.Empty(
        Given.Change(("src/A.cs", "class A;\n", "class A\n{\n    const string S = \"\"\"\n        [Fact]\n        public void Not_a_test()\n        \"\"\";\n}\n"))
            .Judge(new Contract { Files = ["src/A.cs"] }).Short());

    private static string Fact(string name, int assertions)
    {
        var lines = Enumerable.Range(1, assertions).Select(i => $"        Assert.Equal({i}, Lexer.Count(\"{i}\"));\n");
        return $"    [Fact]\n    public void {name}()\n    {{\n        var name = \"{name}\";\n        Use(name);\n{string.Concat(lines)}    }}\n";
    }
}
