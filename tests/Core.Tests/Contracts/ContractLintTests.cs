using Muster.Core.Contracts;
using Muster.Core.Policy;

namespace Muster.Core.Tests.Contracts;

public sealed class ContractLintTests
{
    private static readonly TreeFacts Tree = new(
        ["src/parser/Lexer.cs"],
        new HashSet<string> { "main", "staging" },
        new HashSet<string> { "Muster.Parser.Tests.ParserTests.Parser_reads_numbers", "tests/test_app.py::test_login", "TestServe", "cart adds an item", "parser::tests::reads_text" });

    [Theory]
    [InlineData("scope: [../x, src/**]", "scope", "`../x` in `scope` climbs out of the tree with `..`.", "scope: [src/**]")]
    [InlineData("scope: [src/../../x]", "scope", "`src/../../x` in `scope` climbs out of the tree with `..`.", "scope: []")]
    [InlineData("scope: ['{a,..}/x']", "scope", "`{a,..}/x` in `scope` climbs out of the tree with `..`.", "scope: []")]
    [InlineData("files: [/etc/passwd]", "files", "`/etc/passwd` in `files` is an absolute path; write it from the root of the repository.", "files: [etc/passwd]")]
    [InlineData("files: ['src\\a.cs']", "files", "`src\\a.cs` in `files` uses a backslash; write `/` between folders.", "files: [src/a.cs]")]
    [InlineData("files: ['C:/a.cs']", "files", "`C:/a.cs` in `files` names a drive; write it from the root of the repository.", "files: []")]
    [InlineData("exclude: [a//b]", "exclude", "`a//b` in `exclude` has an empty part between two slashes.", "exclude: [a/b]")]
    [InlineData("exclude: [./a]", "exclude", "`./a` in `exclude` has a `.` part; leave it out.", "exclude: [a]")]
    [InlineData("scope: [.git/hooks/**]", "scope", "`.git/hooks/**` in `scope` points into `.git`.", "scope: []")]
    [InlineData("scope: ['']", "scope", "`scope` has an empty entry.", "scope: []")]
    [InlineData("scope: ['src/{a']", "scope", "`src/{a` in `scope` is not a pattern that can be read: its braces do not close, or it has too many choices.", "scope: []")]
    [InlineData("scope: ['!src/a']", "scope", "`!src/a` in `scope` starts with `!`; use `exclude` for what must not change.", "scope: [src/a]")]
    [InlineData("files: ['src/*.cs']", "files", "`src/*.cs` in `files` is a pattern; `files` takes exact paths, `scope` takes patterns.", "scope: [src/*.cs]")]
    [InlineData("{scope: [src/**], files: [docs/a.md]}", "files", "`docs/a.md` must be touched, but it is outside `scope`.", "scope: [src/**, docs/a.md]")]
    [InlineData("{exclude: [src/old/**, x], files: [src/old/a.cs]}", "files", "`src/old/a.cs` must be touched, but `exclude` forbids it with `src/old/**`.", "exclude: [x]")]
    [InlineData("budget: {minutes: 500, commits: 5}", "budget", "`budget.minutes` asks for 500, but the policy caps it at 90; an issue can lower the cap, never raise it.", "budget: {minutes: 90, commits: 5}")]
    [InlineData("base: stagin", "base", "`base` names the branch `stagin`, which does not exist; did you mean `staging`?", "base: staging")]
    [InlineData("base: nowhere", "base", "`base` names the branch `nowhere`, which does not exist.", "# base: nowhere")]
    [InlineData("depends_on: [12, 11]", "depends_on", "#12 depends on itself.", "depends_on: [11]")]
    [InlineData("tests: ['Lexer_*']", "tests", "The test name `Lexer_*` holds a star, but `tests` takes exact names.", "tests: [Lexer_]")]
    [InlineData("tests: [A, A]", "tests", "The test name `A` is given twice.", "tests: [A]")]
    [InlineData("tests: ['']", "tests", "`tests` has an empty entry.", "tests: []")]
    [InlineData("acceptance: ['']", "acceptance", "One entry of `acceptance` is empty.", "acceptance: []")]
    public void A_problem_is_named_and_its_fix_mends_it(string yaml, string field, string message, string fix)
    {
        Assert.Equal([new LintProblem(field, message, fix)], Check(yaml));
        if (!yaml.StartsWith('{'))
            Assert.Empty(Check(fix));
    }

    [Theory]
    [InlineData("{scope: [src/**], files: [src/new/New.cs]}")]
    [InlineData("{scope: [src], files: [src/a.cs]}")]
    [InlineData("budget: {minutes: 90, tokens: 999999999, commits: 20}")]
    [InlineData("base: main")]
    [InlineData("depends_on: [11, \"acme/other#12\"]")]
    [InlineData("files: ['app/[id]/page.tsx', Makefile, .gitignore, 'a b/c.cs']")]
    [InlineData("tests: ['adds an item to the cart', 'Ns.Type.Name']")]
    [InlineData("~")]
    public void What_is_right_is_let_be(string yaml) => Assert.Empty(Check(yaml));

    [Fact]
    public void Five_thousand_paths_are_one_clear_problem()
    {
        var problem = Assert.Single(Check($"files: [{string.Join(", ", Enumerable.Range(0, 5_000).Select(n => $"src/{n}.cs"))}]"));

        Assert.Equal(new LintProblem("files", "`files` has 5,000 entries, and at most 200 are allowed; name folders instead of files.", "scope: [src/**]"), problem);
    }

    [Fact]
    public void A_budget_the_policy_does_not_cap_may_be_anything_and_its_own_cap_holds()
    {
        Assert.Empty(Check("budget: {tokens: 5}"));
        Assert.Equal(new Budget(40, 5, 20), new Budget(40, null, 30).Within(new Budget(90, 5, 20)));
    }

    // A filter that matches nothing passes, and proves nothing.
    [Theory]
    [InlineData("dotnet test --filter Lexer", "tests: [Lexer]")]
    [InlineData("dotnet test tests/X --no-build --filter=FullyQualifiedName~Muster.Lexer", "tests: [Lexer]")]
    [InlineData("dotnet test --filter \"FullyQualifiedName=A.B.Lexer_reads\"", "tests: [Lexer_reads]")]
    [InlineData("dotnet test --filter 'Name~Hex|DisplayName=Octal'", "tests: [Hex]")]
    [InlineData("dotnet test --filter \"Name~Hex&Category=Fast\"", "tests: [Hex]")]
    [InlineData("cd src && CI=1 dotnet test --filter Lexer", "tests: [Lexer]")]
    [InlineData("pytest -k lexer", "tests: [lexer]")]
    [InlineData("python -m pytest tests/test_lexer.py::test_hex", "tests: [test_hex]")]
    [InlineData("uv run pytest tests/test_lexer.py::TestHex::test_upper[1]", "tests: [test_upper]")]
    [InlineData("go test ./... -run ^TestLexer$", "tests: [TestLexer]")]
    [InlineData("go test -run=TestLexer/hex ./...", "tests: [TestLexer]")]
    [InlineData("npx vitest run -t \"reads hex\"", "tests: [reads hex]")]
    [InlineData("npx jest -t 'reads hex'", "tests: [reads hex]")]
    [InlineData("cargo test lexer::reads_hex", "tests: [reads_hex]")]
    [InlineData("cargo test -p core --release reads_hex -- --nocapture", "tests: [reads_hex]")]
    public void A_filter_that_can_match_nothing_is_told_with_the_line_to_add(string command, string fix)
    {
        var problem = Assert.Single(Check($"acceptance: [{YamlText.Write(command)}]"));

        Assert.Equal(("acceptance", fix), (problem.Field, problem.Fix));
        Assert.Empty(Check($"acceptance: [{YamlText.Write(command)}]\n{fix}"));
    }

    [Theory]
    [InlineData("dotnet test --filter Parser_reads_number", null)]
    [InlineData("dotnet test --filter ParserTests", null)]
    [InlineData("dotnet test --filter \"FullyQualifiedName~Parser.Tests.parsertests\"", null)]
    [InlineData("dotnet test --filter \"Category=Slow\"", null)]
    [InlineData("dotnet test --filter \"FullyQualifiedName!~Lexer\"", null)]
    [InlineData("dotnet test --filter \"Name~Lexer|Category=Slow\"", null)]
    [InlineData("dotnet test --filter \"(Name~Lexer)\"", null)]
    [InlineData("dotnet test", null)]
    [InlineData("dotnet build --filter Lexer", null)]
    [InlineData("make test FILTER=Lexer", null)]
    [InlineData("echo dotnet test --filter Lexer", null)]
    [InlineData("dotnet test --filter Lexer", "Lexer_reads_hex")]
    [InlineData("dotnet test --filter FullyQualifiedName=My.Ns.LexerTests.Reads_hex", "Reads_hex")]
    [InlineData("pytest -k login", null)]
    [InlineData("pytest -k 'lexer and not slow'", null)]
    [InlineData("pytest tests/test_app.py::test_login", null)]
    [InlineData("pytest tests/test_new.py", null)]
    [InlineData("go test -run TestServe", null)]
    [InlineData("go test -run 'TestS.*'", null)]
    [InlineData("npx vitest -t 'adds an'", null)]
    [InlineData("cargo test reads", null)]
    [InlineData("cargo test", null)]
    [InlineData("cargo test --test lexer", null)]
    public void A_filter_that_may_match_is_let_be(string command, string? test) =>
        Assert.Empty(Check($"acceptance: [{YamlText.Write(command)}]" + (test is null ? "" : $"\ntests: [{test}]")));

    [Fact]
    public void A_slip_in_a_filter_is_mended_with_the_name_that_exists()
    {
        var problem = Assert.Single(Check("acceptance: [make, 'dotnet test --filter Parser_reads_numers']"));

        Assert.Equal("acceptance: [make, dotnet test --filter Parser_reads_numbers]", problem.Fix);
        Assert.Equal("`dotnet test --filter Parser_reads_numers` would run no test: `Parser_reads_numers` matches no test in the tree and no name in `tests`; did you mean `Parser_reads_numbers`? If the test is to be written, add `tests: [Parser_reads_numers]` instead.", problem.Message);
        Assert.Empty(Check(problem.Fix));
    }

    [Fact]
    public void A_class_that_is_to_be_written_stands_in_one_of_the_files()
    {
        Assert.Empty(Check("acceptance: [dotnet test --filter HexTests]\nfiles: [tests/HexTests.cs]\ntests: [Reads_upper_case]"));
        Assert.Single(Check("acceptance: [dotnet test --filter HexTests]\nfiles: [tests/HexTests.cs]"));
    }

    [Fact]
    public void Where_nobody_looked_for_tests_the_rule_is_silent() =>
        Assert.Empty(ContractLint.Check(new Contract { Acceptance = ["dotnet test --filter Lexer"] }, RepoPolicy.Default, Tree with { TestNames = null }));

    private static IReadOnlyList<LintProblem> Check(string yaml)
    {
        var reading = ContractReader.Read("t", $"```muster\n{yaml}\n```", RepoPolicy.Default);
        return ContractLint.Check(Assert.IsType<ContractReading.Understood>(reading).Contract, RepoPolicy.Default, Tree, new IssueNumber(12));
    }
}
