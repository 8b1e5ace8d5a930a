using Muster.Core.Contracts;

namespace Muster.Core.Tests.Contracts;

public sealed class InvisibleTextTests
{
    [Theory]
    [InlineData("a\u200Bb\uFEFFc\u2060d\u00ADe", "abcde", 4, 0, 0, 0)]
    [InlineData("a\u202Eb\u2066c\u200Fd", "abcd", 0, 3, 0, 0)]
    [InlineData("a\U000E0041\U000E007Fb", "ab", 0, 0, 2, 0)]
    [InlineData("a\0b\u001B[31mc\u0085d\u007F", "ab[31mcd", 0, 0, 0, 4)]
    [InlineData("a\r\n\tb", "a\r\n\tb", 0, 0, 0, 0)]
    [InlineData("naïve 日本語 🎉 \uD800 \uFE0F", "naïve 日本語 🎉 \uD800 \uFE0F", 0, 0, 0, 0)]
    [InlineData("", "", 0, 0, 0, 0)]
    public void Only_what_cannot_be_seen_is_taken_out_and_counted(string text, string expected, int zeroWidth, int bidi, int tag, int control)
    {
        var (stripped, removed) = InvisibleText.Strip(text);

        Assert.Equal(expected, stripped);
        Assert.Equal(new InvisibleCount(zeroWidth, bidi, tag, control), removed);
    }

    [Fact]
    public void Visible_text_comes_back_as_the_very_same() =>
        Assert.Same("plain", InvisibleText.Strip("plain").Text);
}
