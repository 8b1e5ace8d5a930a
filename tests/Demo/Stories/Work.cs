namespace Muster.Demo.Stories;

/// <summary>The work that the stories ask for. All of it is about this project's own files.</summary>
internal static class Work
{
    // Long enough for two agents to be seen side by side, however slowly the second one starts.
    private static readonly TimeSpan Thinking = TimeSpan.FromSeconds(4);

    private const string Counted = "core/Words/Counted.cs";
    private const string EngGuide = "eng/README.md";
    private const string Brief = "core/Prompts/implement.md";
    private const string Glob = "core/Contracts/Glob.cs";
    private const string GlobTests = "tests/Core.Tests/Contracts/GlobLetterTests.cs";
    private const string Widths = "core/Planning/Widths.cs";
    private const string MatchPart = "    private static bool MatchPart(string pattern, string name)\n";
    private const string GlobTest = "A_question_mark_stands_for_exactly_one_letter";
    private const string Cost = "    // Greedy with one way back, to the last star: linear in the name in practice.\n";

    public static StoryIssue CountThings(string key) => new(key, "Say counts with the right noun", "\"1 issues\" reads badly. `Counted.Of` shall say a number with its noun.")
    {
        Scope = ["core/Words/**"],
        Files = [Counted],
        Acceptance = [$"grep -q 'public static string Of(int count, string one, string many)' {Counted}"],
        Script = FakeScript.First(Act.Sleep(Thinking), Act.Write(Counted, Sources.Counted)),
    };

    /// <summary>Needs what <see cref="CountThings"/> brings: it can only be done on top of that.</summary>
    public static StoryIssue CountNothing(string key) => new(key, "Say \"no issues\" instead of \"0 issues\"", "`Counted.Of` shall have a word for nothing.")
    {
        Scope = ["core/Words/**"],
        Files = [Counted],
        Acceptance = [$"grep -q '0 => ' {Counted}"],
        Script = FakeScript.First(Act.Replace(Counted, Sources.CountedOne, Sources.CountedNone)),
    };

    public static StoryIssue GuideToEng(string key) => new(key, "Say what lies in eng/", "A newcomer asks what `eng/` is for. One short file shall say it.")
    {
        Scope = ["eng/**"],
        Files = [EngGuide],
        Acceptance = [$"test -s {EngGuide}", $"grep -q 'Published.slnf' {EngGuide}"],
        Script = FakeScript.First(Act.Sleep(Thinking), Act.Write(EngGuide, Sources.EngGuide)),
    };

    public static StoryIssue ByHand(string key) => new(key, "Ask the implementer for surprises", "The brief shall ask for what was surprising.")
    {
        Scope = [Brief],
        Files = [Brief],
        Acceptance = [$"grep -q 'surpris' {Brief}"],
    };

    public static Rival HandOf(string key) => new(key, "ask-for-surprises", Brief, "Say what surprised you.");

    public static StoryIssue CannotBeMet(string key) => new(key, "Make the gates' order stable", "The gates shall always run in the same order.")
    {
        Scope = ["core/Gates/**"],
        Acceptance = ["dotnet test --filter Name_that_does_not_exist"],
    };

    public static StoryIssue ExplainGlob(string key, bool stub)
    {
        var write = Act.Write(GlobTests, Sources.GlobTests);
        var explain = Act.Replace(Glob, MatchPart, Cost + MatchPart);
        return new(key, "Say what matching one part of a path costs", "A reader of `Glob` asks whether `MatchPart` can be made slow. Say it where it stands, and test `?`.")
        {
            Scope = ["core/Contracts/**", "tests/Core.Tests/Contracts/**"],
            Files = [Glob],
            Acceptance = [$"grep -q 'linear in the name' {Glob}"],
            Tests = [GlobTest],
            Anchors = [new Anchor(Glob, MatchPart, 12)],
            Script = stub
                ? FakeScript.First(explain, Act.StubFunction(Glob, "MatchPart"), write, Act.AddTest(GlobTests, "Nobody_asked_for_this")).ThenAttempt(2, explain, write)
                : FakeScript.First(explain, write),
        };
    }

    public static StoryIssue WidestPlan(string key, bool defect)
    {
        var right = Act.Write(Widths, Sources.Widths);
        return new(key, "Find the widest of several plans", "`Widths.Widest` shall say how wide the widest plan is, and 0 where there is none.")
        {
            Scope = ["core/Planning/**"],
            Files = [Widths],
            Acceptance = [$"grep -q 'public static int Widest(int' {Widths}"],
            Script = defect
                ? FakeScript.First(Act.Write(Widths, Sources.WidthsPastTheEnd)).ThenRound(1, Act.Replace(Widths, Sources.PastTheEnd, Sources.ToTheEnd))
                : FakeScript.First(right),
        };
    }

    public static StoryIssue Strays(string key) => new(key, "Mend the words of the plan", "Only `core/Words` may change.")
    {
        Scope = ["core/Words/**"],
        Acceptance = ["test -e core/Words/Mended.cs"],
        Script = FakeScript.First(Act.Write("core/Words/Mended.cs", Sources.Mended), Act.Write("core/Planning/Stray.cs", Sources.Stray)),
    };

    public static StoryIssue DoesNothing(string key) => new(key, "Speed the gates up", "They shall be quicker.")
    {
        Scope = ["core/Gates/**"],
        Acceptance = ["test -e core/Gates/Quick.cs"],
        Script = FakeScript.First(Act.Sleep(TimeSpan.FromSeconds(3.2))),
    };
}
