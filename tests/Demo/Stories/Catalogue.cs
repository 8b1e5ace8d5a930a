namespace Muster.Demo.Stories;

/// <summary>Every story by its name.</summary>
public static class Catalogue
{
    public const string Default = "night";

    public static IReadOnlyList<Story> All { get; } =
    [
        Night.Story("night", "seven issues at once, and everything that can come between them and a pull request", defect: true, stub: true),
        Single.Story,
        AllFail.Story,
        NobodyMerges.Story,
        Night.Story("no-defect", "the night in which the reviewer finds nothing", defect: false, stub: true),
        Night.Story("no-stub", "the night in which every attempt passes the gates", defect: true, stub: false),
    ];

    /// <summary>
    /// Not for watching: short, and with every act in it that leaves something on GitHub. What proofs interrupt.
    /// </summary>
    public static Story BetweenCrashes { get; } = new Story("between-crashes", "one issue that is sent back once, and one that cannot be met")
        .With(Work.WidestPlan("fixed", defect: true), Work.CannotBeMet("refused"));

    public static Story? Find(string name) => All.FirstOrDefault(s => s.Name == name);
}
