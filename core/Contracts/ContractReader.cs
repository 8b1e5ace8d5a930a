using Muster.Core.Policy;

namespace Muster.Core.Contracts;

/// <summary>Reads the contract of an issue: from its YAML, from the issue form, or from what its text names.</summary>
public static class ContractReader
{
    /// <summary>Every key a contract may have.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["scope", "exclude", "files", "acceptance", "tests", "depends_on", "base", "agent", "risk", "budget"];

    public static IReadOnlyList<string> Roles { get; } = ["implement", "review", "verify", "plan", "retro"];

    private static readonly (string Word, Risk Value)[] Risks = [("low", Risk.Low), ("medium", Risk.Medium), ("high", Risk.High)];

    public static ContractReading Read(string title, string body, RepoPolicy policy)
    {
        var found = ContractBlock.Find(body);
        var problems = new List<LintProblem>(found.Problems);
        var contract = new Contract();
        if (problems.Count == 0 && found.Form is { } form)
            contract = IssueForm.Read(form, problems);
        if (problems.Count == 0 && found.Yaml is { } yaml)
            contract = Yaml(yaml, problems);
        return problems.Count > 0
            ? new ContractReading.Unreadable(problems)
            : new ContractReading.Understood(Infer(contract, $"{title}\n{found.Prose}", policy));
    }

    private static Contract Infer(Contract contract, string text, RepoPolicy policy)
    {
        var inferred = new List<string>();
        if (contract.Scope.Count == 0 && contract.Files.Count == 0 && MentionedPaths.In(text) is { Count: > 0 } mentioned)
        {
            contract = contract with { Mentioned = mentioned };
            inferred.Add("mentioned");
        }
        if (contract.Acceptance.Count == 0 && policy.Acceptance.Count > 0)
        {
            contract = contract with { Acceptance = policy.Acceptance };
            inferred.Add("acceptance");
        }
        return contract with { Inferred = inferred };
    }

    private static Contract Yaml(string yaml, List<LintProblem> problems)
    {
        var (root, fault) = YamlTree.Read(yaml);
        if (fault is not null)
        {
            var lines = yaml.Split('\n');
            var fix = fault.Line > 0 && fault.Line <= lines.Length && lines[fault.Line - 1].Length is > 0 and < 500
                ? YamlText.Requote(lines[fault.Line - 1])
                : "scope: [\"src/**\"]";
            problems.Add(new LintProblem("contract", $"The contract cannot be read, because {fault.Because}.", fix));
            return new Contract();
        }
        if (root is null or YamlNode.Scalar { IsNothing: true })
            return new Contract();
        if (root is YamlNode.Mapping map)
            return Fields(new YamlFields(map, Keys, problems));
        problems.Add(new LintProblem("contract", "The contract must be a map of keys to values.", "scope: [\"src/**\"]"));
        return new Contract();
    }

    internal static Contract Fields(YamlFields fields) => new()
    {
        Scope = fields.Texts("scope"),
        Exclude = fields.Texts("exclude"),
        Files = fields.Texts("files"),
        Acceptance = fields.Texts("acceptance"),
        Tests = fields.Texts("tests"),
        DependsOn = DependsOn(fields, fields.Texts("depends_on")),
        Base = fields.Text("base"),
        Agent = Agents(fields),
        Risk = fields.OneOf("risk", Risks),
        Budget = fields.Map("budget", ["minutes", "tokens", "commits"]) is { } budget
            ? new Budget(Small(budget.Whole("minutes", 1, 40)), budget.Whole("tokens", 1, 400_000), Small(budget.Whole("commits", 1, 5)))
            : new Budget(),
    };

    private static List<IssueRef> DependsOn(YamlFields fields, IReadOnlyList<string> texts)
    {
        var issues = new List<IssueRef>();
        foreach (var text in texts)
        {
            if (IssueRef.Parse(text) is { } issue)
                issues.Add(issue);
            else
                fields.Add("depends_on", $"`depends_on` names `{Shown(text)}`, which is no issue: write a number, or \"owner/name#4\".", Without(texts));
        }
        return [.. issues.Distinct()];
    }

    private static string Without(IEnumerable<string> texts)
    {
        var good = texts.Select(IssueRef.Parse).OfType<IssueRef>()
            .Select(issue => issue.Repo is null ? $"{issue.Number.Value}" : $"\"{issue}\"").Distinct().ToList();
        return good.Count > 0 ? $"depends_on: [{string.Join(", ", good)}]" : "depends_on: []";
    }

    private static Dictionary<string, AgentChoice> Agents(YamlFields fields)
    {
        var choices = new Dictionary<string, AgentChoice>();
        if (fields.Map("agent", Roles) is not { } roles)
            return choices;
        foreach (var role in roles.Given)
        {
            if (roles.Map(role, ["provider", "agent", "model"]) is { } choice)
                choices[role] = new AgentChoice(choice.Text("provider"), choice.Text("agent"), choice.Text("model"));
        }
        return choices;
    }

    internal static int? Small(long? number) => number is { } value ? (int)Math.Min(value, int.MaxValue) : null;

    private static string Shown(string text) => text.Length <= 60 ? text.Replace('`', '\'') : text[..60].Replace('`', '\'') + "...";
}
