using static Muster.Core.Tests.Gates.Samples;

namespace Muster.Core.Tests.Gates;

/// <summary>The commonest way an agent broke good code: a rich function replaced by a one-liner of the same name.</summary>
public sealed class StubTests
{
    [Theory]
    [InlineData("    public static List<string> ReadTokens(string text) => [];")]
    [InlineData("    public static List<string> ReadTokens(string text) => throw new NotImplementedException();")]
    [InlineData("    public static List<string> ReadTokens(string text)\n    {\n        return default!;\n    }")]
    [InlineData("    public static List<string> ReadTokens(string text) { }")]
    [InlineData("    public static List<string> ReadTokens(string text) => [.. text.Split(' ')];")]
    [InlineData("    public static List<string> ReadTokens(string text)\n    {\n        // var tokens = new List<string>();\n        // var start = 0;\n        return [];\n    }")]
    public void A_rich_function_that_becomes_a_stub_is_refused_at_its_line(string stub)
    {
        var verdict = Given.Change(("src/Lexer.cs", Rich, Class(stub))).Judge();

        Assert.Contains("destruction Block src/Lexer.cs:5", verdict.Short());
        Assert.Contains("`Lexer.ReadTokens` kept its name and lost its body: 11 lines became", verdict.Findings[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stub_under_a_changed_signature_is_still_one() => Assert.Contains(
        "destruction Block src/Lexer.cs:5",
        Given.Change(("src/Lexer.cs", Rich, Class("    public static List<string> ReadTokens(string text, int limit = 0) => [];"))).Judge().Short());

    [Fact]
    public void A_stub_in_another_file_is_still_one() => Assert.Contains(
        "destruction Block src/New.cs:5",
        Given.Change(("src/Lexer.cs", Rich, null), ("src/New.cs", null, Class("    public static List<string> ReadTokens(string text) => [];"))).Judge().Short());

    [Fact]
    public void A_body_behind_a_false_condition_is_gone() => Assert.Contains(
        "destruction Block src/Lexer.cs:5",
        Given.Change(("src/Lexer.cs", Rich, Class(Method("ReadTokens", $"#if NEVER\n{Body}\n#endif\n        return [];")))).Judge().Short());

    [Fact]
    public void A_copy_of_the_body_in_a_test_keeps_nothing_alive() => Assert.Contains(
        "destruction Block src/Lexer.cs:5",
        Given.Change(
            ("src/Lexer.cs", Rich, Class("    public static List<string> ReadTokens(string text) => [];")),
            ("tests/LexerTests.cs", null, Class($"    [Fact]\n    public void It_reads()\n    {{\n{Body}\n    }}\n", "LexerTests"))).Judge().Short());

    [Fact]
    public void A_body_that_shrinks_but_still_works_is_a_question_to_the_reviewer() => Assert.Equal(
        ["destruction AskReviewer src/Lexer.cs:5", "destruction AskReviewer src/Lexer.cs:7"],
        Given.Change(("src/Lexer.cs", Rich, Class(Method("ReadTokens", "        var words = text.Split(' ');\n        return [.. words];")))).Judge().Short());

    [Theory]
    [InlineData("split", "    public static List<string> ReadTokens(string text) => Split(text);\n", true)]
    [InlineData("split and renamed", "    public static List<string> ReadTokens(string input)\n    {\n        return Split(input);\n    }\n", true)]
    [InlineData("formatting", null, false)]
    public void A_split_or_reformatted_method_is_no_stub(string how, string? front, bool split)
    {
        var after = split ? Class(front + Method("Split", Body, access: "private")) : Class(Method("ReadTokens", Body.Replace("\n", "\n\n    ", StringComparison.Ordinal)));

        Assert.True(Given.Change(("src/Lexer.cs", Rich, after)).Judge().Findings.Count == 0, how);
    }

    [Fact]
    public void A_renamed_method_is_no_stub() =>
        Assert.Empty(Given.Change(("src/Lexer.cs", Rich, Class(Method("Tokenise", Body)))).WithTree().Judge().Short());

    [Fact]
    public void A_method_moved_to_a_new_file_is_neither_stub_nor_removed() => Assert.Empty(Given.Change(
        ("src/Lexer.cs", Rich, Class("    public static List<string> ReadTokens(string text) => TokenReader.Read(text);")),
        ("src/TokenReader.cs", null, Class(Method("Read", Body), "TokenReader"))).WithTree().Judge().Short());

    [Fact]
    public void An_overload_that_now_delegates_to_a_richer_one_is_no_stub() => Assert.Empty(Given.Change(
        ("src/Lexer.cs", Rich, Class("    public static List<string> ReadTokens(string text) => ReadTokens(text, 10);\n" + Method("ReadTokens", Body, "string text, int limit")))).Judge().Short());

    [Fact]
    public void A_method_that_hands_over_to_one_as_rich_is_a_question_to_the_reviewer()
    {
        var other = Method("ReadTokens", Body.Replace("start", "begin", StringComparison.Ordinal).Replace("at", "i", StringComparison.Ordinal), "string text, int limit");

        Assert.Empty(Given.Change(("src/Lexer.cs", Class(Method("ReadTokens", Body) + other), Class("    public static List<string> ReadTokens(string text) => ReadTokens(text, 10);\n" + other))).Judge().Blocking());
    }

    [Fact]
    public void A_short_function_may_become_shorter() => Assert.Empty(Given.Change(
        ("src/Lexer.cs", Class(Method("ReadTokens", "        var a = text.Trim();\n        var b = a.Split(' ');\n        return [.. b];")), Class("    public static List<string> ReadTokens(string text) => [];"))).Judge().Short());

    [Fact]
    public void A_property_and_a_constructor_count_too()
    {
        var body = Body.Replace("return tokens;", "Tokens = tokens;", StringComparison.Ordinal);

        Assert.Contains("destruction Block a.cs:5", Given.Change(("a.cs", Class($"    public Lexer(string text)\n    {{\n{body}\n    }}"), Class("    public Lexer(string text) { }"))).Judge().Short());
        Assert.Contains("destruction Block a.cs:5", Given.Change(("a.cs", Class($"    public List<string> All\n    {{\n        get\n        {{\n{Body}\n        }}\n    }}"), Class("    public List<string> All => [];"))).Judge().Short());
    }
}
