using static Muster.Core.Tests.Gates.Samples;

namespace Muster.Core.Tests.Gates;

/// <summary>Gates read what agents write, so they read anything.</summary>
public sealed class OddTextTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "\"", "'", "\"\"\"", "/*", "*/", "//", "`", "${", "#if", "#endif\n", "\n", "\0", "=>", ";", "class ", "[Fact]", "def f(", "func (",
        "@\"", "$\"{", "<", ">", "import ", "\uD800", "\u202E", "é", "it('", "fn a<'b>(", "\\", "\t", "public void A()", "namespace ", "::", "...",
    ];

    private static readonly string[] Paths = ["a.cs", "a.ts", "a.py", "a.go", "a.rs", "A.java", "a.sh", "a_test.go", "a.test.js", "README", "x.md"];

    public static TheoryData<string> Languages => [.. Paths];

    [Theory]
    [MemberData(nameof(Languages))]
    public void No_text_makes_a_gate_throw(string path)
    {
        var random = new Random(2_026);
        for (var round = 0; round < 60; round++)
        {
            var (before, after) = (Mutate(random, Rich), Mutate(random, Rich));
            Given.Change((path, before, after), ("other/" + path, round % 3 == 0 ? null : after, before)).WithTree(("tree/" + path, after)).Judge();
        }
    }

    [Theory]
    [InlineData("((((")]
    [InlineData("{{{{")]
    [InlineData("[[[[")]
    [InlineData("a.b(c=>")]
    [InlineData("a<b,")]
    [InlineData("\"\"\"")]
    [InlineData("const a = (")]
    public void Nesting_without_end_is_read_too(string piece)
    {
        var deep = "class A { void M() { " + string.Concat(Enumerable.Repeat(piece, 5_000));

        foreach (var path in Paths)
            Given.Change((path, Rich, deep), ("b" + path, deep, Rich)).Judge();
    }

    [Fact]
    public void Source_that_no_gate_can_read_any_more_is_refused() => Assert.Equal(
        ["destruction Block a.cs:-"],
        Given.Change(("a.cs", Rich, Rich + string.Concat(Enumerable.Repeat("((", 200)))).Judge().Short());

    private static string Mutate(Random random, string text)
    {
        for (var i = random.Next(12); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var cut = Math.Min(random.Next(30), text.Length - at);
            text = random.Next(3) switch
            {
                0 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                1 => text.Remove(at, cut),
                _ => text.Insert(random.Next(text.Length + 1), text.Substring(at, cut)),
            };
        }

        return text;
    }
}
