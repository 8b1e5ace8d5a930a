using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Muster.Core;
using Muster.Core.Commands;
using Muster.Core.Contracts;
using Muster.Core.Policy;
using Muster.Core.Words;

namespace Muster.App.Tests.Threats;

/// <summary>T27, texts made to stall or break whoever reads them.</summary>
public sealed class T27ParserTests
{
    private const int Inputs = 10_000;
    private const int Seed = 20261120;

    // Far above what the slowest takes alone, far below what backtracking would: the machine is shared.
    private static readonly TimeSpan LongestForOne = TimeSpan.FromSeconds(3);

    private static readonly string[] Pieces =
    [
        "/dispatch", "/dispatch all label:\"", "/muster steer ", " --provider ", "---\n", "```muster\n", "```\n", "~~~\n", "scope: [", "depends_on: ", "acceptance: [\"dotnet test --filter ", "tests: [", "base: ", "agent: {", "budget: {minutes: ",
        "]", "}", "\"", "'", "`", "\n", "\r\n", "    ", "\t", "> ", "- ", "# ", "* ", "[", "](", "![", "<", "<!--", "-->", "&#0;", "&amp;", "*a_ ", "**", "|", "\\", "{a: {a: {a: ", "&a ", "*a ", "!!x ", "<<: ", "? ", ": ", "%YAML 1.2\n", "...\n",
        "#12", "closes #1 ", "acme/shop#3", "https://x.example/", "@ann ", "src/**/*.cs", "{a,b}", "[!a-z]", "../", "\u0000", "\u202E", "\uD800", "\uDC00", "\uFEFF", "🚀", "ﬁ", "İ", "\u2028", "99999999999999999999", "-1", "0x", "1e999", "null", "~", "=", "(a+)+$",
    ];

    [Fact]
    public void Ten_thousand_texts_break_nothing_and_hold_nobody_up()
    {
        var random = new Random(Seed);
        var slowest = (Took: TimeSpan.Zero, Text: "");
        for (var n = 0; n < Inputs; n++)
        {
            var text = Text(random);
            var started = Stopwatch.GetTimestamp();
            try
            {
                Read(text);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                Assert.Fail($"{fault.GetType().Name} of {Shown(text)}: {fault.Message}");
            }

            var took = Stopwatch.GetElapsedTime(started);
            if (took > slowest.Took)
                slowest = (took, text);
        }

        Assert.True(slowest.Took < LongestForOne, $"{slowest.Took} for {Shown(slowest.Text)}");
    }

    [Theory]
    [InlineData("/dispatch ")]
    [InlineData("---\nscope: ")]
    [InlineData("```muster\n")]
    [InlineData("")]
    public void What_is_repeated_a_quarter_million_times_is_read_in_time(string before)
    {
        foreach (var piece in Pieces)
        {
            var text = before + string.Concat(Enumerable.Repeat(piece, (256 * 1024 / piece.Length) + 1));
            var started = Stopwatch.GetTimestamp();
            Read(text);
            Assert.True(Stopwatch.GetElapsedTime(started) < LongestForOne, $"{Stopwatch.GetElapsedTime(started)} for {before}{piece}");
        }
    }

    [Fact]
    public void Every_pattern_that_reads_what_strangers_wrote_is_linear()
    {
        var faults =
            from folder in new[] { "app", "core" }
            from file in Directory.EnumerateFiles(Path.Combine(Project(), folder), "*.cs", SearchOption.AllDirectories)
                // Code is read by patterns that need to look around, each with a limit of its own where it could backtrack.
            where !file.Contains("/core/Gates/", StringComparison.Ordinal)
            from line in File.ReadAllLines(file)
            where Pattern.IsMatch(line) && !line.Contains("RegexOptions.NonBacktracking", StringComparison.Ordinal) && !line.Contains(", Linear)", StringComparison.Ordinal)
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        Assert.Empty(faults);
    }

    private static void Read(string text)
    {
        var commands = CommandParser.Parse(text);
        Assert.True(commands.Count <= 20);
        foreach (var unknown in commands.OfType<Command.Unknown>())
            Assert.True(ReplyWords.Unknown(unknown).Length < 500);
        var reading = ContractReader.Read(text[..Math.Min(200, text.Length)], text, RepoPolicy.Default);
        var problems = reading switch
        {
            ContractReading.Understood understood => ContractLint.Check(understood.Contract, RepoPolicy.Default, Tree, new IssueNumber(1)),
            ContractReading.Unreadable unreadable => unreadable.Problems,
            _ => throw new UnreachableException(),
        };
        foreach (var problem in problems.Take(20))
            Assert.True(SafeText.Sentence(problem.Message).Length + SafeText.Block(problem.Fix).Length < 20_000);
        RepoPolicyReader.Read(text);
        Assert.True(SafeText.Prose(text).Length < 40_000);
    }

    private static readonly TreeFacts Tree = TreeOf();

    private static TreeFacts TreeOf() => new(["src/a.cs", "README.md"], new HashSet<string> { "main", "a`id`" }, new HashSet<string> { "Shop.Tests.Adds", "it `works`" });

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 60); left > 0; left--)
        {
            var piece = Pieces[random.Next(Pieces.Length)];
            text.Insert(random.Next(4) == 0 ? random.Next(text.Length + 1) : text.Length, piece);
            if (random.Next(12) == 0)
                text.Append(string.Concat(Enumerable.Repeat(piece, random.Next(200))));
            if (random.Next(8) == 0)
                text.Append((char)random.Next(char.MaxValue));
        }

        return text.ToString();
    }

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text.Length <= 400 ? text : text[..400]);

    private static string Project()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Bot.sln")))
            folder = folder.Parent ?? throw new FileNotFoundException("Bot.sln stands in no folder above the tests");
        return folder.FullName;
    }

    private static readonly Regex Pattern = new(@"GeneratedRegex\(|new Regex\(|new\(@""[^""]*"", |Regex\.(?:IsMatch|Match|Matches|Replace|Split)\(", RegexOptions.NonBacktracking);
}
