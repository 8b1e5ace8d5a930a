using Muster.Core.Contracts;
using Muster.Core.Policy;

namespace Muster.Core.Tests.Contracts;

public sealed class ContractReaderTests
{
    private const string Full = """
        scope: [src/parser/**]          # what may change
        exclude: [src/parser/legacy/**]
        files: [src/parser/Lexer.cs]
        acceptance: ["dotnet test --filter Lexer"]
        tests: [Lexer_reads_hex, Lexer_reads_binary]
        depends_on: [11, "acme/other#4"]
        base: staging
        agent: {implement: {provider: zhipu}}
        risk: medium
        budget: {minutes: 40, tokens: 400000, commits: 5}
        """;

    [Theory]
    [InlineData("---\n{0}\n---\nFix it.")]
    [InlineData("\uFEFF---  \n{0}\n...\nFix it.")]
    [InlineData("Fix it.\n\n```muster\n{0}\n```\n")]
    [InlineData("Fix it.\n~~~ Muster\n{0}\n~~~\nmore")]
    public void A_contract_is_read_whole_wherever_it_stands(string body)
    {
        foreach (var text in new[] { body.Replace("{0}", Full, StringComparison.Ordinal), body.Replace("{0}", Full, StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal) })
        {
            var contract = Understood(text);

            Assert.Equal(["src/parser/**"], contract.Scope);
            Assert.Equal(["src/parser/legacy/**"], contract.Exclude);
            Assert.Equal(["src/parser/Lexer.cs"], contract.Files);
            Assert.Equal(["dotnet test --filter Lexer"], contract.Acceptance);
            Assert.Equal(["Lexer_reads_hex", "Lexer_reads_binary"], contract.Tests);
            Assert.Equal([new IssueRef(null, new IssueNumber(11)), new IssueRef(new RepoName("acme", "other"), new IssueNumber(4))], contract.DependsOn);
            Assert.Equal("staging", contract.Base);
            Assert.Equal(new AgentChoice("zhipu"), Assert.Single(contract.Agent, a => a.Key == "implement").Value);
            Assert.Equal(Risk.Medium, contract.Risk);
            Assert.Equal(new Budget(40, 400_000, 5), contract.Budget);
            Assert.Empty(contract.Inferred);
        }
    }

    [Theory]
    [InlineData("---\n\nFix it.")]
    [InlineData("---\nscope: [a]\n\nnever closed")]
    [InlineData("---\nNote: this is important\n---\nFix it.")]
    [InlineData("---\n- a\n- b\n---\nFix it.")]
    [InlineData("---\nplain words\n---")]
    [InlineData("---\n: : : [\n---")]
    [InlineData("---\n---")]
    [InlineData("----\nscope: [a]\n----")]
    [InlineData("--version")]
    [InlineData("")]
    [InlineData("> ```muster\n> scope: [a]\n> ```")]
    [InlineData("<!--\n```muster\nscope: [a]\n```\n-->")]
    [InlineData("````md\n```muster\nscope: [a]\n```\n````")]
    [InlineData("```yaml\nscope: [a]\n```")]
    public void What_is_no_contract_is_text(string body)
    {
        var contract = Understood(body);

        Assert.Empty(contract.Scope);
        Assert.Empty(contract.Inferred);
    }

    [Theory]
    [InlineData("scop: [src/**]", "scop", "did you mean `scope`", "scope: [src/**]")]
    [InlineData("colour: blue", "colour", "not a known key (line 1)", "# colour: blue")]
    [InlineData("dependson: [4]", "dependson", "did you mean `depends_on`", "depends_on: [4]")]
    [InlineData("budget: {minuts: 4}", "budget.minuts", "did you mean `budget.minutes`", "minutes: 4")]
    [InlineData("agent: {coder: {provider: x}}", "agent.coder", "not a known key", "# coder: {provider: x}")]
    [InlineData("scope: [a]\nscope: [b]", "scope", "given twice (line 2)", "scope: [a]")]
    [InlineData("scope: {a: b}", "scope", "must be a list of texts", "scope: [\"...\"]")]
    [InlineData("scope: [[a]]", "scope", "must be a list of texts", "scope: [\"...\"]")]
    [InlineData("base: [a]", "base", "must be one text, not a list", "base: \"...\"")]
    [InlineData("risk: extreme", "risk", "must be one of `low`, `medium`, `high`", "risk: low")]
    [InlineData("risk: hihg", "risk", "must be one of", "risk: high")]
    [InlineData("budget: 40", "budget", "must be a map", "# budget: 40")]
    [InlineData("budget: {minutes: soon}", "budget.minutes", "whole number of at least 1", "minutes: 40")]
    [InlineData("budget: {minutes: 0}", "budget.minutes", "whole number of at least 1", "minutes: 40")]
    [InlineData("budget: {minutes: -5}", "budget.minutes", "whole number of at least 1", "minutes: 40")]
    [InlineData("depends_on: [11, soon]", "depends_on", "`soon`, which is no issue", "depends_on: [11]")]
    [InlineData("scope: *all", "contract", "alias", "scope: \"*all\"")]
    [InlineData("scope: [**/*.cs]", "contract", "", "scope: [\"**/*.cs\"]")]
    [InlineData("scope: &a [x]", "contract", "anchor", "")]
    [InlineData("scope: !!binary x", "contract", "tag", "")]
    [InlineData("scope: [a", "contract", "not valid YAML", "")]
    [InlineData("[a, b]", "contract", "must be a map", "")]
    [InlineData("scope: [[[[[[[[[a]]]]]]]]]", "contract", "nested deeper", "")]
    [InlineData("? [a]\n: b", "contract", "key that is no plain word", "")]
    [InlineData("scope: [a]\n---\nscope: [b]", "contract", "more than one document", "")]
    public void A_fault_is_named_with_its_fix(string yaml, string field, string says, string fix)
    {
        var problem = Assert.Single(Problems($"```muster\n{yaml}\n```"));

        Assert.Equal(field, problem.Field);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        if (fix.Length > 0)
            Assert.Equal(fix, problem.Fix);
        Assert.NotEqual("", problem.Fix);
    }

    [Fact]
    public void All_faults_are_named_at_once() =>
        Assert.Equal(
            ["scop", "risk", "budget.minutes"],
            Problems("---\nscop: [a]\nrisk: none\nbudget: {minutes: x}\n---").Select(p => p.Field));

    [Theory]
    [InlineData("---\nscope: [a]\n---\n\n```muster\nscope: [b]\n```", "front matter and a `muster` block")]
    [InlineData("```muster\nscope: [b]\n```\n\n```muster\nscope: [b]\n```", "2 `muster` blocks")]
    [InlineData("```muster\nscope: [b]\n", "not closed")]
    [InlineData("---\nscope: [src/**\n---\nFix it.", "not valid YAML")]
    [InlineData("---\ncolour: blue\n---\nFix it.", "not a known key")]
    public void A_contract_that_is_meant_but_broken_is_no_text(string body, string says) =>
        Assert.Contains(says, Assert.Single(Problems(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_contract_of_more_than_64_kib_is_refused() =>
        Assert.Contains("at most 64 KiB", Assert.Single(Problems($"```muster\nscope: [{new string('a', 70_000)}]\n```")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_nobody_wrote_is_inferred_and_said_to_be()
    {
        var policy = RepoPolicy.Default with { Acceptance = ["make test"] };

        var contract = Understood("The lexer in `src/Lexer.cs` and docs/guide.md breaks, see https://example.com/a/b.html and and/or.", policy);

        Assert.Equal(["src/Lexer.cs", "docs/guide.md"], contract.Mentioned);
        Assert.Equal(["make test"], contract.Acceptance);
        Assert.Equal(["mentioned", "acceptance"], contract.Inferred);
        Assert.Equal(["docs/a.md"], Understood("See docs/a.md\n\n```muster\nacceptance: [dotnet test tests/X.csproj]\n```\n").Mentioned);
        Assert.Equal([], Understood("```muster\nscope: [src/**]\nacceptance: [x]\n```\nSee `docs/a.md`", policy).Inferred);
    }

    [Fact]
    public void An_issue_form_is_read_as_github_writes_it()
    {
        var contract = Understood("### What is to be done\n\nFix ### it\n\n### Scope\n\nsrc/a/**\nsrc/b/**\n\n### Files\n\n_No response_\n\n### Acceptance commands\n\n```text\ndotnet test --filter \"A|B\"\n```\n\n### Tests to add\n\n- A_reads\n- `B_reads`\n\n### Depends on\n\n#11\nacme/other#4\n\n### Base branch\n\n_No response_\n\n### Risk\n\nHigh\n\n### Minutes\n\n30");

        Assert.Equal(["src/a/**", "src/b/**"], contract.Scope);
        Assert.Empty(contract.Files);
        Assert.Equal(["dotnet test --filter \"A|B\""], contract.Acceptance);
        Assert.Equal(["A_reads", "B_reads"], contract.Tests);
        Assert.Equal(2, contract.DependsOn.Count);
        Assert.Null(contract.Base);
        Assert.Equal(Risk.High, contract.Risk);
        Assert.Equal(30, contract.Budget.Minutes);
    }

    [Theory]
    [InlineData("### Scope\n\nAll of the parser.\n\n### Acceptance commands\n\nmake")]
    [InlineData("### Acceptance commands\n\nmake")]
    [InlineData("### Scope\n\nsrc/**")]
    public void Headings_of_prose_are_no_form(string body) => Assert.Empty(Understood(body).Acceptance);

    [Fact]
    public void A_body_of_250_kb_is_read()
    {
        var filler = string.Concat(Enumerable.Repeat("> [![*a_ `b` <c> & words\n", 10_000));

        Assert.Equal(["src/**"], Understood($"{filler}\n\n```muster\nscope: [src/**]\n```\n").Scope);
        Assert.Equal(["src/**"], Understood($"---\nscope: [src/**]\n---\n{filler}").Scope);
        Understood(new string('>', 250_000) + "\n```muster\nscope: [a]\n```");
        Understood(new string('-', 250_000));
    }

    [Fact]
    public void Whatever_stands_in_the_block_never_is_an_exception()
    {
        var random = new Random(11);
        const string alphabet = "ab:[]{}-,\n  \"'|>&*!%@`?#~\0\t\u0085\uD800\\0x.";
        for (var run = 0; run < 20_000; run++)
        {
            var yaml = new string([.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            ContractReader.Read("t", $"```muster\nscope: {yaml}\n```", RepoPolicy.Default);
            ContractReader.Read("t", $"---\n{yaml}\n---", RepoPolicy.Default);
        }
        foreach (var deep in new[] { "[", "{", "- ", "? ", "a: ", "&a ", "!!x ", "|\n " })
            ContractReader.Read("t", $"```muster\nscope: {string.Concat(Enumerable.Repeat(deep, 20_000))}\n```", RepoPolicy.Default);
    }

    private static Contract Understood(string body, RepoPolicy? policy = null) =>
        Assert.IsType<ContractReading.Understood>(ContractReader.Read("A title\n\"--version\" 🎉", body, policy ?? RepoPolicy.Default)).Contract;

    private static IReadOnlyList<LintProblem> Problems(string body) =>
        Assert.IsType<ContractReading.Unreadable>(ContractReader.Read("t", body, RepoPolicy.Default)).Problems;
}
