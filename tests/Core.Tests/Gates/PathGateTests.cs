using Muster.Core.Contracts;
using Muster.Core.Wire;

namespace Muster.Core.Tests.Gates;

/// <summary>The gates that look at paths and modes alone.</summary>
public sealed class PathGateTests
{
    [Fact]
    public void Nothing_done_is_refused_whatever_the_agent_says() =>
        Assert.Equal(["no-change Block -:-"], Given.Change().Judge().Short());

    [Fact]
    public void A_fix_round_that_changes_nothing_is_refused_though_the_branch_differs_from_its_base() =>
        Assert.Equal(["no-change Block -:-"], (Given.Change(("a.md", "x\n", "y\n")) with { Moved = false }).Judge().Short());

    [Fact]
    public void A_tree_put_back_to_its_base_is_refused() =>
        Assert.Equal(["no-change Block -:-"], (Given.Change() with { Moved = true }).Judge().Short());

    [Theory]
    [InlineData("src/Lexer.cs", true)]
    [InlineData("./src/Lexer.cs", true)]
    [InlineData("src/lexer.cs", false)]
    [InlineData("Lexer.cs", false)]
    public void A_file_that_the_contract_names_must_be_touched(string named, bool met)
    {
        var verdict = Given.Change(("src/Lexer.cs", "class A;\n", "class A; // a\n")).Judge(new Contract { Files = [named] });

        Assert.Equal(met ? [] : [$"target-missing Block {named}:-"], verdict.Short());
    }

    [Theory]
    [InlineData("src/parser/a.md", true)]
    [InlineData("src/parser/legacy/a.md", false)]
    [InlineData("docs/one.md", true)]
    [InlineData("docs/two.md", false)]
    [InlineData("src/parser2/a.md", false)]
    public void Only_what_the_contract_names_may_change(string path, bool inside)
    {
        var contract = new Contract { Scope = ["src/parser/**"], Exclude = ["src/parser/legacy/**"], Files = ["docs/one.md"] };

        var verdict = Given.Change((path, "a\nb\n", "a\nc\n"), ("docs/one.md", "x\n", "y\n")).Judge(contract);

        Assert.Equal(inside ? [] : [$"out-of-scope Block {path}:2"], verdict.Short());
    }

    [Fact]
    public void An_issue_that_drew_no_line_binds_nobody_but_its_exclusions_hold()
    {
        var change = Given.Change(("any/where.md", null, "x\n"), ("db/schema.sql", null, "x\n"));

        Assert.Equal(["out-of-scope Block db/schema.sql:1"], change.Judge(new Contract { Exclude = ["db/**"], Mentioned = ["docs/a.md"] }).Short());
    }

    [Theory]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".GitHub/Workflows/ci.yml")]
    [InlineData("docs/CODEOWNERS")]
    [InlineData(".gitattributes")]
    [InlineData("sub/.gitmodules")]
    [InlineData("AGENTS.md")]
    [InlineData("src/CLAUDE.md")]
    [InlineData(".claude/settings.json")]
    [InlineData(".githooks/pre-commit")]
    [InlineData(".husky/pre-push")]
    [InlineData(".github/muster.yml")]
    public void What_steers_machines_is_left_alone_even_inside_the_scope(string path)
    {
        Assert.Equal([$"protected-path Block {path}:1"], Given.Change((path, null, "x\n")).Judge(new Contract { Scope = ["**"] }).Short());
        Assert.Equal([$"protected-path AskPerson {path}:1"], Given.Change((path, null, "x\n")).Judge(new Contract { Files = [path] }).Short());
    }

    [Theory]
    [InlineData("docs/workflows/ci.md")]
    [InlineData("src/Agents.cs")]
    [InlineData("docs/codeowners.md")]
    public void Names_that_only_look_alike_are_free(string path) => Assert.Empty(Given.Change((path, null, "class A;\n")).Judge().Short());

    [Theory]
    [InlineData("a/link", "/etc/passwd", "out of the repository")]
    [InlineData("a/link", "../../x", "out of the repository")]
    [InlineData("a/link", "b/../../../x", "out of the repository")]
    [InlineData("link", ".git/config", "out of the repository")]
    [InlineData("a/link", "../b", "a new symbolic link")]
    public void A_new_symlink_is_refused_and_the_worse_kind_is_named(string path, string target, string says)
    {
        var verdict = Linked(path, 0, target).Judge();

        Assert.Equal([$"symlink Block {path}:1"], verdict.Short());
        Assert.Contains(says, verdict.Findings[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public void A_symlink_that_was_there_may_point_elsewhere_inside() => Assert.Empty(Linked("link", 120000, "docs/new.md").Judge().Short());

    [Fact]
    public void A_submodule_is_refused()
    {
        var change = Given.Change(("lib", null, null)) with { Files = [new ChangedFile("lib", FileStatus.Added, 0, 160000, null, null, false)] };

        Assert.Equal(["submodule Block lib:-"], change.Judge().Short());
    }

    private static Change Linked(string path, int oldMode, string target) => Given.Change((path, null, null)) with
    {
        Files = [new ChangedFile(path, oldMode == 0 ? FileStatus.Added : FileStatus.Modified, oldMode, 120000, oldMode == 0 ? null : "old", target, false)],
    };
}
