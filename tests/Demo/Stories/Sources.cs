namespace Muster.Demo.Stories;

/// <summary>What the scripted agent writes.</summary>
internal static class Sources
{
    public const string CountedOne = "        1 => $\"1 {one}\",\n";

    public const string CountedNone = $"        0 => $\"no {{many}}\",\n{CountedOne}";

    public const string PastTheEnd = "i <= widths.Length";

    public const string ToTheEnd = "i < widths.Length";

    public const string Counted = $$"""
        namespace Muster.Core.Words;

        /// <summary>A number with the noun that fits it.</summary>
        public static class Counted
        {
            public static string Of(int count, string one, string many) => count switch
            {
        {{CountedOne}}        _ => $"{count} {many}",
            };
        }

        """;

    public const string EngGuide = """
        # eng

        What `./bot` is made of, beside the script itself: `Published.slnf` names the projects that run on their own,
        `test.sh` and `up.sh` are two of its verbs.

        """;

    public const string GlobTests = """
        using Muster.Core.Contracts;

        namespace Muster.Core.Tests.Contracts;

        public sealed class GlobLetterTests
        {
            [Fact]
            public void A_question_mark_stands_for_exactly_one_letter()
            {
                var glob = Glob.Parse("src/?.cs")!;

                Assert.True(glob.Matches("src/a.cs"));
                Assert.False(glob.Matches("src/ab.cs"));
            }
        }

        """;

    public const string Widths = $$"""
        namespace Muster.Core.Planning;

        /// <summary>Tells how wide plans are.</summary>
        public static class Widths
        {
            /// <summary>The widest of several; 0 where there is none.</summary>
            public static int Widest(int[] widths)
            {
                var widest = 0;
                for (var i = 0; {{ToTheEnd}}; i++)
                {
                    widest = Math.Max(widest, widths[i]);
                }

                return widest;
            }
        }

        """;

    public static string WidthsPastTheEnd { get; } = Widths.Replace(ToTheEnd, PastTheEnd, StringComparison.Ordinal);

    public const string Mended = """
        namespace Muster.Core.Words;

        internal static class Mended
        {
            public const string Word = "mended";
        }

        """;

    public const string Stray = """
        namespace Muster.Core.Planning;

        internal static class Stray
        {
            public const string Word = "stray";
        }

        """;
}
