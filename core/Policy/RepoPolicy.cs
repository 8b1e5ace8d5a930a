using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Core.Policy;

/// <summary>What a waiting item does: start when its blocker is merged, or on its blocker's passed head.</summary>
public enum Waiting
{
    Merge,
    Stack,
}

public enum MergeRule
{
    Never,
    WhenPassed,
}

/// <summary>What is left of work that did not pass the gates.</summary>
public enum OnRefusal
{
    Park,
    Draft,
}

/// <summary>How often a thing may be tried again.</summary>
public sealed record Limits(int AttemptsPerRound = 3, int AttemptsPerItem = 5, int Rounds = 2);

/// <summary><c>.github/muster.yml</c> of a default branch, typed. Every value has a default, so the file is optional.</summary>
public sealed record RepoPolicy
{
    public static RepoPolicy Default { get; } = new();

    /// <summary>How many issues one <c>/dispatch all</c> starts, and how many of a repository run at once.</summary>
    public int MaxWave { get; init; } = 20;

    public Waiting Waiting { get; init; } = Waiting.Merge;

    public MergeRule Merge { get; init; } = MergeRule.Never;

    public OnRefusal OnRefusal { get; init; } = OnRefusal.Park;

    /// <summary>Commands that stand in where an issue names none.</summary>
    public IReadOnlyList<string> Acceptance { get; init; } = [];

    /// <summary>Caps: a contract may ask for less, never for more.</summary>
    public Budget Budget { get; init; } = new(Minutes: 90, Tokens: null, Commits: 20);

    public Limits Limits { get; init; } = new();

    /// <summary>Rule name to what it does here; a rule that is not named keeps its own default.</summary>
    public IReadOnlyDictionary<string, GateAction> Gates { get; init; } = new Dictionary<string, GateAction>();

    /// <summary>Globs that are protected beside the built-in ones.</summary>
    public IReadOnlyList<string> ProtectedPaths { get; init; } = [];

    /// <summary>Whether a change without a verifier's verdict is held back.</summary>
    public bool VerifyRequired { get; init; }

    public bool Retro { get; init; } = true;
}
