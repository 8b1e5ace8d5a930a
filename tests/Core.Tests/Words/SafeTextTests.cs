using Muster.Core.Words;

namespace Muster.Core.Tests.Words;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("thanks @octocat", "thanks `@octocat`")]
    [InlineData("@acme/team look", "`@acme/team` look")]
    [InlineData("closes #12", "closes `#12`")]
    [InlineData("fixes acme/shop#12", "fixes `acme/shop#12`")]
    [InlineData("see https://evil.example/x?y", "see `https://evil.example/x?y`")]
    [InlineData("<img src=x onerror=y>", "&lt;img src=x onerror=y>")]
    [InlineData("![pixel](x.png)", "!\\[pixel](x.png)")]
    [InlineData("/dispatch all", "\\/dispatch all")]
    [InlineData("# heading", "\\# heading")]
    [InlineData("<!-- muster 00 -->", "&lt;!-- muster 00 -->")]
    public void Nothing_in_prose_is_live(string text, string safe) => Assert.Equal(safe, SafeText.Prose(text));

    [Theory]
    [InlineData("plain", "`plain`")]
    [InlineData("with ` tick", "``with ` tick``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("two\nlines", "`two lines`")]
    [InlineData("", "(nothing)")]
    public void Code_cannot_be_left_from_inside(string text, string safe) => Assert.Equal(safe, SafeText.Code(text));

    [Fact]
    public void A_block_s_fence_is_longer_than_any_in_it()
    {
        var block = SafeText.Block("a\n````\nb");

        Assert.StartsWith("`````text\n", block, StringComparison.Ordinal);
        Assert.EndsWith("\n`````", block, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_does_not_end_a_table_cell() => Assert.Equal("a \\| b", SafeText.Line("a | b"));

    [Fact]
    public void What_is_endless_is_cut() => Assert.True(SafeText.Prose(new string('x', 1_000_000)).Length < 10_000);
}
