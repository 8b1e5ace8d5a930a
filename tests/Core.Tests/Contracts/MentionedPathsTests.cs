using Muster.Core.Contracts;

namespace Muster.Core.Tests.Contracts;

public sealed class MentionedPathsTests
{
    [Theory]
    [InlineData("fix `src/Lexer.cs`.", "src/Lexer.cs")]
    [InlineData("fix src/Lexer.cs, please", "src/Lexer.cs")]
    [InlineData("(see ./src/Lexer.cs:12)", "src/Lexer.cs")]
    [InlineData("at src/Lexer.cs:12:4", "src/Lexer.cs")]
    [InlineData("all of `src/parser/**`", "src/parser/**")]
    [InlineData("the folder src/parser/ only", "src/parser/")]
    [InlineData("Lexer.cs is wrong", "Lexer.cs")]
    [InlineData("in [the lexer](src/Lexer.cs)", "src/Lexer.cs")]
    [InlineData(".github/workflows/ci.yml", ".github/workflows/ci.yml")]
    public void A_path_is_found_as_people_write_it(string text, string path) => Assert.Equal([path], MentionedPaths.In(text));

    [Theory]
    [InlineData("read and/or write, 24/7, n/a")]
    [InlineData("https://example.com/src/Lexer.cs and www.example.com/a.html?x")]
    [InlineData("Console.WriteLine and string.Format(x)")]
    [InlineData("/etc/passwd ~/.bashrc ../up.cs src/../../up.cs .git/config @types/node.d.ts")]
    [InlineData("version 1.2.3 of 2026/11/20")]
    [InlineData("src/")]
    [InlineData("*.cs")]
    [InlineData("...")]
    public void What_is_no_path_of_the_tree_is_left_alone(string text) => Assert.Empty(MentionedPaths.In(text));

    [Fact]
    public void Each_is_named_once_and_at_most_two_hundred() =>
        Assert.Equal(200, MentionedPaths.In(string.Join(' ', Enumerable.Range(0, 5_000).Select(n => $"src/{n / 2}.cs"))).Count);
}
