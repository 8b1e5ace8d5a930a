using Muster.Core.Contracts;
using Muster.Core.Policy;
using Muster.Core.Tests.Policy;
using YamlDotNet.RepresentationModel;

namespace Muster.Core.Tests.Contracts;

public sealed class IssueFormTests
{
    [Fact]
    public void What_the_repositorys_own_form_writes_is_a_contract()
    {
        var contract = Read(new Dictionary<string, string>
        {
            ["task"] = "Read hexadecimal.\n\n### Not a field\n\nmore",
            ["scope"] = "src/parser/**\ntests/**",
            ["exclude"] = "src/parser/legacy/**",
            ["files"] = "src/parser/Lexer.cs",
            ["acceptance"] = "dotnet test --filter Lexer",
            ["tests"] = "Lexer_reads_hex\nLexer_reads_binary",
            ["depends_on"] = "11",
            ["base"] = "staging",
            ["risk"] = "Medium",
            ["minutes"] = "40",
        });

        Assert.Equal(["src/parser/**", "tests/**"], contract.Scope);
        Assert.Equal(["src/parser/legacy/**"], contract.Exclude);
        Assert.Equal(["src/parser/Lexer.cs"], contract.Files);
        Assert.Equal(["dotnet test --filter Lexer"], contract.Acceptance);
        Assert.Equal(["Lexer_reads_hex", "Lexer_reads_binary"], contract.Tests);
        Assert.Equal(11, Assert.Single(contract.DependsOn).Number.Value);
        Assert.Equal("staging", contract.Base);
        Assert.Equal(Risk.Medium, contract.Risk);
        Assert.Equal(new Budget(40), contract.Budget);
        Assert.Empty(contract.Inferred);
    }

    [Fact]
    public void Fields_left_empty_are_not_given()
    {
        var contract = Read(new Dictionary<string, string> { ["task"] = "Do it.", ["scope"] = "src/**", ["risk"] = "None" });

        Assert.Equal(["src/**"], contract.Scope);
        Assert.Equal((null, null, new Budget()), (contract.Base, contract.Risk, contract.Budget));
        Assert.Empty(contract.Acceptance);
    }

    // As GitHub renders a form that was filled in.
    private static Contract Read(Dictionary<string, string> values)
    {
        var yaml = new YamlStream();
        using var reader = new StringReader(RepositoryFiles.Read(".github/ISSUE_TEMPLATE/agent-task.yml"));
        yaml.Load(reader);
        var fields = ((YamlSequenceNode)yaml.Documents[0].RootNode["body"]).Select(field => (Id: field["id"].ToString(), Label: field["attributes"]["label"].ToString()));
        var body = string.Join("\n\n", fields.Select(field => $"### {field.Label}\n\n{values.GetValueOrDefault(field.Id, "_No response_")}"));
        return Assert.IsType<ContractReading.Understood>(ContractReader.Read("Read hexadecimal", body, RepoPolicy.Default)).Contract;
    }
}
