using Muster.Core.Gates;
using Muster.Core.Wire;
using static Muster.Core.Tests.Gates.Samples;

namespace Muster.Core.Tests.Gates;

/// <summary>Names that go while others still use them.</summary>
public sealed class RemovedTests
{
    private static readonly string Two = Class(Method("ReadTokens", Body) + Method("CountWords", "        return ReadTokens(text).Count;"));

    [Fact]
    public void A_removed_method_that_is_still_called_is_refused_at_the_call()
    {
        var verdict = Given.Change(("src/Lexer.cs", Two, Class(Method("CountWords", "        return [];"))))
            .WithTree(("src/Parser.cs", "class Parser\n{\n    // ReadTokens is quick\n    object A() => Lexer.ReadTokens(\"ReadTokens\");\n    object B() => Lexer.ReadTokens(\"\");\n}"))
            .Judge();

        Assert.Contains("destruction Block src/Parser.cs:4", verdict.Blocking());
        Assert.Equal("`Lexer.ReadTokens` was removed from `src/Lexer.cs` (line 5 of the base) and is still used here and in one more place.", verdict.Findings[0].Says);
    }

    [Fact]
    public void Without_a_lookup_the_changed_files_themselves_are_evidence() => Assert.Contains(
        "destruction Block src/Lexer.cs:7",
        Given.Change(("src/Lexer.cs", Two, Class(Method("CountWords", "        return ReadTokens(text);")))).Judge().Short());

    [Fact]
    public void A_removed_type_that_is_still_used_is_refused() => Assert.Contains(
        "destruction Block src/Parser.cs:1",
        Given.Change(("src/Lexer.cs", Rich, null)).WithTree(("src/Parser.cs", "class Parser { Lexer lexer = new Lexer(); }")).Judge().Short().Append(
            Given.Change(("src/Lexer.cs", Rich, null)).WithTree(("src/Parser.cs", "var lexer = new Lexer();")).Judge().Short()[0]));

    [Theory]
    [InlineData("only words", "docs/a.md", "ReadTokens(x)")]
    [InlineData("a comment", "src/B.cs", "/// <see cref=\"ReadTokens\"/> and ReadTokens(x)")]
    [InlineData("a string", "src/B.cs", "Log(\"ReadTokens(x)\");")]
    [InlineData("another's own", "src/B.cs", "public static int ReadTokens(string x) => 1;")]
    [InlineData("a longer name", "src/B.cs", "ReadTokensAsync(x); MyReadTokens(x);")]
    [InlineData("a namespace", "src/B.cs", "using App.ReadTokens;")]
    [InlineData("another language", "src/b.py", "ReadTokens(x)")]
    public void What_only_looks_like_a_use_is_none(string what, string path, string line) => Assert.True(
        Given.Change(("src/Lexer.cs", Two, Class(Method("CountWords", "        return [];")))).WithTree((path, line)).Judge().Blocking().Count == 0, what);

    [Theory]
    [InlineData("Parse", "int.Parse(x)")]
    [InlineData("Add", "list.Add(x)")]
    [InlineData("ToString", "x.ToString()")]
    [InlineData("GetProperties", "type.GetProperties(flags)")]
    public void A_name_that_every_library_has_proves_nothing(string name, string use) => Assert.Empty(
        Given.Change(("src/Lexer.cs", Class(Method(name, Body)), Class("    public int A;"))).WithTree(("src/B.cs", $"var y = {use};")).Judge().Blocking());

    [Theory]
    [InlineData("Parse", "Lexer.Parse(x)")]
    [InlineData("Add", "_lexer.Add(x)")]
    [InlineData("Read", "tokenLexer?.Read(x)")]
    public void Unless_what_it_is_called_on_tells_whose_it_is(string name, string use) => Assert.Equal(
        ["destruction Block src/B.cs:1"],
        Given.Change(("src/Lexer.cs", Class(Method(name, Body)), Class("    public int A;"))).WithTree(("src/B.cs", $"var y = {use};")).Judge().Blocking());

    [Fact]
    public void A_private_name_matters_in_its_own_file_only()
    {
        var before = Class(Method("Collect", Body, access: "private") + "    public object A(string t) => Collect(t);");
        var after = Class("    public object A(string t) => Collect(t);");

        Assert.Contains("destruction Block src/Lexer.cs:5", Given.Change(("src/Lexer.cs", before, after)).WithTree().Judge().Short());
        Assert.Empty(Given.Change(("src/Lexer.cs", before, Class("    public object A(string t) => t;"))).WithTree(("src/B.cs", "Collect(t);")).Judge().Blocking());
    }

    [Fact]
    public void A_removal_that_nobody_misses_is_a_question_to_the_reviewer() => Assert.Equal(
        ["destruction AskReviewer src/Lexer.cs:5"],
        Given.Change(("src/Lexer.cs", Two, Class(Method("CountWords", "        var t = text.Split(' ', 3);\n        var n = t.Length + 1;\n        return [n.ToString(), t[0], t[1]];"))))
            .WithTree().Judge().Short().Where(f => !f.Contains("net", StringComparison.Ordinal)).Take(1));

    [Fact]
    public void A_renamed_class_keeps_its_members() =>
        Assert.Empty(Given.Change(("src/Lexer.cs", Two, Two.Replace("Lexer", "Scanner", StringComparison.Ordinal))).WithTree().Judge().Short());

    [Fact]
    public void A_file_that_moves_removes_nothing() =>
        Assert.Empty(Given.Change(("src/Lexer.cs", Two, null), ("src/text/Lexer.cs", null, Two)).WithTree(("src/B.cs", "Lexer.ReadTokens(x);")).Judge().Short());

    [Fact]
    public void A_method_that_becomes_a_property_is_not_removed() => Assert.DoesNotContain(
        "Widths", Destruction.RemovedNames(Given.Change(("a.cs", Class("    public int Widths() => 1;"), Class("    public int Widths => 1;")))));

    [Fact]
    public void Source_that_turns_binary_is_refused()
    {
        var change = Given.Change(("src/Lexer.cs", Two, null)) with
        {
            Files = [new ChangedFile("src/Lexer.cs", FileStatus.Modified, 100644, 100644, Two, null, Binary: true)],
        };

        Assert.Equal(["destruction Block src/Lexer.cs:-"], change.Judge().Short());
    }

    [Fact]
    public void A_file_that_lost_far_more_than_it_gained_is_a_question_to_the_reviewer()
    {
        var text = string.Concat(Enumerable.Range(1, 30).Select(i => $"line {i}\n"));

        Assert.Equal(["destruction AskReviewer a.md:1"], Given.Change(("a.md", text, "one\n")).Judge().Short());
        Assert.Equal(["destruction AskReviewer a.md:-"], Given.Change(("a.md", text, null)).Judge().Short());
        Assert.Empty(Given.Change(("a.md", text, null), ("b.md", null, text)).Judge().Short());
        Assert.Empty(Given.Change(("a.md", text, string.Concat(Enumerable.Range(1, 10).Select(i => $"new {i}\n")))).Judge().Short());
    }
}
