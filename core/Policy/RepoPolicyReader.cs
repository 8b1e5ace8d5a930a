using Muster.Core.Contracts;
using Muster.Core.Gates;
using Muster.Core.Wire;

namespace Muster.Core.Policy;

/// <summary>A policy that can be worked with, and what is wrong with its file: a value at fault counts as not given.</summary>
public sealed record PolicyReading(RepoPolicy Policy, IReadOnlyList<LintProblem> Problems);

/// <summary>Reads <c>.github/muster.yml</c>.</summary>
public static class RepoPolicyReader
{
    private const int LargestWave = 500;

    private static readonly (string Word, GateAction Value)[] Actions =
        [("block", GateAction.Block), ("ask-person", GateAction.AskPerson), ("ask-reviewer", GateAction.AskReviewer), ("off", GateAction.Off)];

    /// <summary>Every key the file may have, and the keys inside those that are maps. <c>gates</c> takes the names of rules.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["max_wave"] = [],
        ["waiting"] = [],
        ["merge"] = [],
        ["on_refusal"] = [],
        ["acceptance"] = [],
        ["budget"] = ["minutes", "tokens", "commits"],
        ["limits"] = ["attempts_per_round", "attempts_per_item", "rounds"],
        ["gates"] = [],
        ["protected_paths"] = [],
        ["verify"] = [],
        ["retro"] = [],
    };

    public static PolicyReading Read(string yaml)
    {
        var (root, fault) = YamlTree.Read(yaml.TrimStart('\uFEFF'));
        if (fault is not null)
        {
            var lines = yaml.ReplaceLineEndings("\n").Split('\n');
            var fix = fault.Line > 0 && fault.Line <= lines.Length && lines[fault.Line - 1].Length is > 0 and < 500 ? YamlText.Requote(lines[fault.Line - 1]) : "max_wave: 20";
            return new PolicyReading(RepoPolicy.Default, [new LintProblem("policy", $"The policy cannot be read, because {fault.Because}.", fix)]);
        }
        if (root is null or YamlNode.Scalar { IsNothing: true })
            return new PolicyReading(RepoPolicy.Default, []);
        if (root is not YamlNode.Mapping map)
            return new PolicyReading(RepoPolicy.Default, [new LintProblem("policy", "The policy must be a map of keys to values.", "max_wave: 20")]);

        var problems = new List<LintProblem>();
        var policy = Read(new YamlFields(map, [.. Keys.Keys], problems), problems);
        return new PolicyReading(policy, problems);
    }

    private static RepoPolicy Read(YamlFields fields, List<LintProblem> problems)
    {
        var standard = RepoPolicy.Default;
        var policy = standard with
        {
            MaxWave = fields.Whole("max_wave", 1, standard.MaxWave) is { } most ? (int)Math.Min(most, LargestWave) : standard.MaxWave,
            Waiting = fields.OneOf("waiting", ("merge", Waiting.Merge), ("stack", Waiting.Stack)) ?? standard.Waiting,
            Merge = fields.OneOf("merge", ("never", MergeRule.Never), ("when-passed", MergeRule.WhenPassed)) ?? standard.Merge,
            OnRefusal = fields.OneOf("on_refusal", ("park", OnRefusal.Park), ("draft", OnRefusal.Draft)) ?? standard.OnRefusal,
            Acceptance = [.. fields.Texts("acceptance").Where(command => command.Trim().Length > 0).Take(ContractLint.MostEntries)],
            Budget = Budget(fields, standard.Budget),
            Limits = Limits(fields, standard.Limits),
            Gates = Gates(fields),
            ProtectedPaths = Protected(fields.Texts("protected_paths"), problems),
            VerifyRequired = fields.OneOf("verify", ("optional", false), ("required", true)) ?? standard.VerifyRequired,
            Retro = fields.OneOf("retro", ("on", true), ("off", false), ("true", true), ("false", false)) ?? standard.Retro,
        };
        ComesLater(policy, problems);
        return policy;
    }

    private static Budget Budget(YamlFields fields, Budget standard) => fields.Map("budget", Keys["budget"]) is not { } caps
        ? standard
        : new Budget(
            ContractReader.Small(caps.Whole("minutes", 1, 90)) ?? standard.Minutes,
            caps.Whole("tokens", 1, 400_000) ?? standard.Tokens,
            ContractReader.Small(caps.Whole("commits", 1, 20)) ?? standard.Commits);

    private static Limits Limits(YamlFields fields, Limits standard) => fields.Map("limits", Keys["limits"]) is not { } limits
        ? standard
        : new Limits(
            ContractReader.Small(limits.Whole("attempts_per_round", 1, standard.AttemptsPerRound)) ?? standard.AttemptsPerRound,
            ContractReader.Small(limits.Whole("attempts_per_item", 1, standard.AttemptsPerItem)) ?? standard.AttemptsPerItem,
            ContractReader.Small(limits.Whole("rounds", 0, standard.Rounds)) ?? standard.Rounds);

    private static Dictionary<string, GateAction> Gates(YamlFields fields)
    {
        var actions = new Dictionary<string, GateAction>(StringComparer.Ordinal);
        if (fields.Map("gates", [.. GateDefaults.Rules, .. GateDefaults.Kinds]) is not { } gates)
            return actions;
        foreach (var rule in gates.Given)
        {
            if (gates.OneOf(rule, Actions) is { } action)
                actions[rule] = action;
        }
        return actions;
    }

    private static List<string> Protected(IReadOnlyList<string> globs, List<LintProblem> problems)
    {
        problems.AddRange(PathLint.Check("protected_paths", globs, globs: true));
        return [.. globs.Where(glob => Glob.Parse(glob) is not null).Take(ContractLint.MostEntries)];
    }

    // Said aloud, so that nobody relies on what is not there yet.
    private static void ComesLater(RepoPolicy policy, List<LintProblem> problems)
    {
        if (policy.Waiting == Waiting.Stack)
            problems.Add(new LintProblem("waiting", "`waiting: stack` comes later; until then an issue waits until its blocker is merged.", "waiting: merge"));
        if (policy.Merge == MergeRule.WhenPassed)
            problems.Add(new LintProblem("merge", "`merge: when-passed` comes later; until then a person merges.", "merge: never"));
        if (policy.VerifyRequired)
            problems.Add(new LintProblem("verify", "`verify: required` comes later; until then a change is shown as *unverified*.", "verify: optional"));
        if (policy.OnRefusal == OnRefusal.Draft)
            problems.Add(new LintProblem("on_refusal", "`on_refusal: draft` comes later; until then refused work is parked.", "on_refusal: park"));
    }
}
