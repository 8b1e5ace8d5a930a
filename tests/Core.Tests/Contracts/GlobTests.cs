using Muster.Core.Contracts;

namespace Muster.Core.Tests.Contracts;

public sealed class GlobTests
{
    [Theory]
    [InlineData("src/**", "src/a/b.cs", true)]
    [InlineData("src/**", "srcs/a.cs", false)]
    [InlineData("src/*", "src/a.cs", true)]
    [InlineData("src/*", "src/a/b.cs", false)]
    [InlineData("src", "src/a/b.cs", true)]
    [InlineData("src/", "src/a/b.cs", true)]
    [InlineData("src/Lexer.cs", "src/Lexer.cs", true)]
    [InlineData("src/Lexer.cs", "src/lexer.cs", false)]
    [InlineData("**/*.cs", "a.cs", true)]
    [InlineData("**/*.cs", "x/y/a.cs", true)]
    [InlineData("*.cs", "x/a.cs", false)]
    [InlineData("src/**/test/*.cs", "src/test/a.cs", true)]
    [InlineData("src/**/test/*.cs", "src/a/b/test/a.cs", true)]
    [InlineData("src/**/test/*.cs", "src/a/b/test/c/a.cs", false)]
    [InlineData("a?c/d", "abc/d", true)]
    [InlineData("a?c/d", "a/c/d", false)]
    [InlineData("{src,docs}/**", "docs/a.md", true)]
    [InlineData("{src,docs/{a,b}}/*.md", "docs/b/a.md", true)]
    [InlineData("{src,docs}/**", "test/a.md", false)]
    [InlineData("app/[id]/page.tsx", "app/[id]/page.tsx", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-b-b", false)]
    public void A_glob_matches_what_it_says(string glob, string path, bool expected) => Assert.Equal(expected, Glob.Parse(glob)!.Matches(path));

    [Theory]
    [InlineData("")]
    [InlineData("/src")]
    [InlineData("a//b")]
    [InlineData("a/{b")]
    [InlineData("a/b}")]
    [InlineData("a\\b")]
    [InlineData("!a")]
    [InlineData("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")]
    public void What_is_no_glob_is_not_read(string glob) => Assert.Null(Glob.Parse(glob));

    [Theory]
    [InlineData("src/**", "src/parser/Lexer.cs", true)]
    [InlineData("src/parser", "src/parser/**", true)]
    [InlineData("src/a/**", "src/b/**", false)]
    [InlineData("**/*.cs", "src/**", true)]
    [InlineData("**/*.cs", "docs/*.md", false)]
    [InlineData("src/*.cs", "src/a/*.cs", false)]
    [InlineData("a*z", "*b*", true)]
    [InlineData("a*z", "b*", false)]
    [InlineData("{a,b}/x", "{b,c}/*", true)]
    [InlineData("{a,b}/x", "{c,d}/*", false)]
    public void Two_globs_meet_where_a_path_can_match_both(string a, string b, bool expected)
    {
        Assert.Equal(expected, Globs.MayMeet(a, b));
        Assert.Equal(expected, Globs.MayMeet(b, a));
    }

    [Theory]
    [InlineData("src/**", "src/a/*.cs", true)]
    [InlineData("src", "src/a.cs", true)]
    [InlineData("src/a/**", "src/**", false)]
    [InlineData("src/*.cs", "src/*.cs", true)]
    [InlineData("**", "src/*.cs", true)]
    [InlineData("s*/**", "src/*.cs", false)]
    public void A_folder_covers_what_lies_in_it(string whole, string part, bool expected) =>
        Assert.Equal(expected, Glob.Parse(whole)!.Covers(Glob.Parse(part)!));

    [Fact]
    public void Globs_that_match_a_common_path_always_meet_and_covering_is_never_claimed_in_vain()
    {
        var random = new Random(7);
        string[] names = ["a", "b", "ab", "ba", "abb"];
        string[] parts = ["a", "b", "*", "**", "a*", "*b", "?", "a?", "{a,b}", "a{,b}", "*a*"];
        var (meets, covers) = (0, 0);
        for (var run = 0; run < 60_000; run++)
        {
            var (a, b) = (Random(), Random());
            var path = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => names[random.Next(names.Length)]));
            if (Glob.Parse(a) is not { } one || Glob.Parse(b) is not { } other)
                continue;
            if (one.Matches(path) && other.Matches(path))
            {
                meets++;
                Assert.True(one.MayMeet(other), $"{a} and {b} both match {path}");
            }
            if (one.Covers(other) && other.Matches(path))
            {
                covers++;
                Assert.True(one.Matches(path), $"{a} covers {b}, but only {b} matches {path}");
            }
        }
        Assert.True(meets > 500 && covers > 100, $"{meets} meetings, {covers} covers: too few to say anything");

        string Random() => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => parts[random.Next(parts.Length)]));
    }

    [Fact]
    public void Hostile_globs_are_quick()
    {
        var a = Glob.Parse(string.Join('/', Enumerable.Repeat("**", 300)) + "/x")!;
        var b = Glob.Parse(string.Concat(Enumerable.Repeat("*a", 490)) + "b")!;

        Assert.False(a.Matches(string.Join('/', Enumerable.Repeat("y", 300))));
        Assert.False(b.Matches(new string('a', 5_000)));
        Assert.True(a.MayMeet(Glob.Parse(string.Concat(Enumerable.Repeat("*/", 400)) + "*")!));
        Assert.True(b.MayMeet(b));
    }
}
