using System.Globalization;
using Muster.Core.Policy;

namespace Muster.Core.Contracts;

/// <summary>
/// Says what keeps a contract from being worked on as written. A problem found here costs a minute; found by an agent
/// it costs an hour.
/// </summary>
public static class ContractLint
{
    /// <summary>How many entries a list may have.</summary>
    public const int MostEntries = 200;

    private const int LongestText = 2_000;

    /// <param name="self">The issue itself, which cannot depend on itself; null where it is not known yet.</param>
    public static IReadOnlyList<LintProblem> Check(Contract contract, RepoPolicy policy, TreeFacts tree, IssueNumber? self = null)
    {
        var problems = new List<LintProblem>();
        var tooMany = Counts(contract).ToList();
        problems.AddRange(tooMany);
        if (tooMany.Count > 0)
            return problems;
        problems.AddRange(PathLint.Check("scope", contract.Scope, globs: true));
        problems.AddRange(PathLint.Check("exclude", contract.Exclude, globs: true));
        problems.AddRange(PathLint.Check("files", contract.Files, globs: false));
        if (problems.Count == 0)
            problems.AddRange(Files(contract));
        problems.AddRange(Texts("acceptance", contract.Acceptance));
        problems.AddRange(Names(contract.Tests));
        problems.AddRange(Budgets(contract.Budget, policy.Budget));
        problems.AddRange(Base(contract, tree));
        if (self is { } number && contract.DependsOn.Any(issue => issue == new IssueRef(null, number)))
            problems.Add(new LintProblem(
                "depends_on",
                $"{number} depends on itself.",
                DependsOn(contract.DependsOn.Where(issue => issue != new IssueRef(null, number)))));
        problems.AddRange(AcceptanceLint.Check(contract, tree.TestNames));
        return problems;
    }

    /// <summary>The line <c>depends_on: [...]</c> with these issues.</summary>
    internal static string DependsOn(IEnumerable<IssueRef> issues) =>
        $"depends_on: [{string.Join(", ", issues.Select(issue => issue.Repo is null ? issue.Number.Value.ToString(CultureInfo.InvariantCulture) : $"\"{issue}\""))}]";

    private static IEnumerable<LintProblem> Counts(Contract contract) =>
        from list in new[]
        {
            ("scope", contract.Scope.Count), ("exclude", contract.Exclude.Count), ("files", contract.Files.Count),
            ("acceptance", contract.Acceptance.Count), ("tests", contract.Tests.Count), ("depends_on", contract.DependsOn.Count),
        }
        let key = list.Item1
        let count = list.Item2
        where count > MostEntries
        select new LintProblem(
            key,
            string.Create(CultureInfo.InvariantCulture, $"`{key}` has {count:N0} entries, and at most {MostEntries} are allowed{(key is "scope" or "exclude" or "files" ? "; name folders instead of files" : "")}."),
            Shorter(key, contract));

    private static string Shorter(string key, Contract contract)
    {
        var paths = key switch { "scope" => contract.Scope, "exclude" => contract.Exclude, "files" => contract.Files, _ => [] };
        var folders = paths.Where(path => path.Contains('/')).Select(path => path.Split('/')[0] + "/**").Distinct().Take(20).ToList();
        return key switch
        {
            "scope" or "exclude" when folders.Count > 0 => YamlText.Line(key, folders),
            "files" when folders.Count > 0 => YamlText.Line("scope", folders),
            "tests" => YamlText.Line(key, contract.Tests.Take(MostEntries)),
            "depends_on" => DependsOn(contract.DependsOn.Take(MostEntries)),
            _ => $"# {key}: ...",
        };
    }

    private static IEnumerable<LintProblem> Files(Contract contract)
    {
        var (scope, exclude) = (new Globs(contract.Scope), new Globs(contract.Exclude));
        foreach (var file in contract.Files)
        {
            if (exclude.All.FirstOrDefault(glob => glob.Matches(file)) is { } forbids)
                yield return new LintProblem(
                    "files",
                    $"`{file}` must be touched, but `exclude` forbids it with `{forbids}`.",
                    YamlText.Line("exclude", contract.Exclude.Where(glob => glob != forbids.Text)));
            else if (scope.Any && !scope.Matches(file))
                yield return new LintProblem(
                    "files",
                    $"`{file}` must be touched, but it is outside `scope`.",
                    YamlText.Line("scope", contract.Scope.Append(file)));
        }
    }

    private static IEnumerable<LintProblem> Texts(string key, IReadOnlyList<string> texts) =>
        from text in texts
        let fault = text.Trim().Length == 0 ? "is empty" : text.Length > LongestText ? $"is longer than {LongestText} characters" : text.Any(c => char.IsControl(c) && c is not '\n' and not '\t') ? "holds a control character" : null
        where fault is not null
        select new LintProblem(key, $"One entry of `{key}` {fault}.", YamlText.Line(key, texts.Where(t => t != text)));

    private static IEnumerable<LintProblem> Names(IReadOnlyList<string> tests) =>
        from name in tests.Distinct()
        let fault = name.Trim().Length == 0 ? "is empty"
            : name.Trim() != name ? "has white space around it"
            : name.Length > 200 ? "is longer than 200 characters"
            : name.Any(char.IsControl) ? "holds a control character"
            : name.Contains('*') ? "holds a star, but `tests` takes exact names"
            : name[0] == '-' ? "starts with a dash"
            : tests.Count(other => other == name) > 1 ? "is given twice" : null
        where fault is not null
        select new LintProblem(
            "tests",
            name.Trim().Length == 0 ? "`tests` has an empty entry." : $"The test name `{name.Trim().Replace('`', '\'')}` {fault}.",
            YamlText.Line("tests", tests.Select(t => new string([.. t.Where(c => !char.IsControl(c) && c != '*')]).Trim().TrimStart('-')).Where(t => t.Length is > 0 and <= 200).Distinct()));

    private static IEnumerable<LintProblem> Budgets(Budget asked, Budget cap)
    {
        (string Key, long? Asked, long? Cap)[] bounds =
            [("minutes", asked.Minutes, cap.Minutes), ("tokens", asked.Tokens, cap.Tokens), ("commits", asked.Commits, cap.Commits)];
        var within = string.Join(", ", bounds.Where(b => b.Asked is not null).Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Key}: {Math.Min(b.Asked!.Value, b.Cap ?? long.MaxValue)}")));
        return from bound in bounds
               where bound.Asked > bound.Cap
               select new LintProblem(
                   "budget",
                   string.Create(CultureInfo.InvariantCulture, $"`budget.{bound.Key}` asks for {bound.Asked:N0}, but the policy caps it at {bound.Cap:N0}; an issue can lower the cap, never raise it."),
                   $"budget: {{{within}}}");
    }

    private static IEnumerable<LintProblem> Base(Contract contract, TreeFacts tree)
    {
        if (contract.Base is not { } branch || tree.Branches.Contains(branch))
            yield break;
        var nearest = Nearest.Of(branch, tree.Branches.Order(StringComparer.Ordinal));
        yield return new LintProblem(
            "base",
            $"`base` names the branch `{branch.Replace('`', '\'')}`, which does not exist{(nearest is null ? "" : $"; did you mean `{nearest}`?")}.".Replace("?.", "?", StringComparison.Ordinal),
            nearest is null ? $"# base: {YamlText.Write(branch)}" : $"base: {YamlText.Write(nearest)}");
    }
}
