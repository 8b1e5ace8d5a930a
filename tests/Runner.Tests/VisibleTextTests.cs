using Muster.Runner.Evidence;

namespace Muster.Runner.Tests;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]8;;http://evil\u0007link\u001b]8;;\u0007", "link")]
    [InlineData("a\u200bb\u202ec\u2066d", "abcd")]
    [InlineData("bell\u0007 back\b tab\tline\n", "bell back tab\tline\n")]
    [InlineData("tag\U000E0041", "tag")]
    [InlineData("naïve 😀 ok", "naïve 😀 ok")]
    public void Only_what_can_be_seen_is_left(string text, string clean) => Assert.Equal(clean, VisibleText.Clean(text));

    [Fact]
    public void A_tail_begins_with_a_whole_line() => Assert.Equal("third", VisibleText.Tail("first\nsecond\nthird\n", 8));
}
