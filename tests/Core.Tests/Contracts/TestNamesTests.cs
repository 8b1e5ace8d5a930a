using Muster.Core.Contracts;

namespace Muster.Core.Tests.Contracts;

public sealed class TestNamesTests
{
    [Fact]
    public void CSharp_tests_are_the_methods_that_carry_a_mark()
    {
        const string source = """
            using Xunit;
            namespace Parser.Tests;
            // [Fact] public void Not_me() { }
            public sealed class LexerTests
            {
                [Fact]
                public void Reads_hex() { }

                [Theory, InlineData(1)]
                [Trait("Category", "Slow")]
                public async Task Reads_number(int n) { }

                [Fact(Skip = "later")] public void Skipped() { }

                public void Helper() { }
            }

            class OtherTests { [TestMethod] public void One_line() { } }
            [TestFixture]
            public class FixtureTests
            {
                public void Helper() { }
                [Test] public void Nunit() { }
            }
            """;

        Assert.Equal(
            [
                new TestName("Reads_hex", "Parser.Tests.LexerTests.Reads_hex", 7),
                new TestName("Reads_number", "Parser.Tests.LexerTests.Reads_number", 11),
                new TestName("Skipped", "Parser.Tests.LexerTests.Skipped", 13),
                new TestName("One_line", "Parser.Tests.OtherTests.One_line", 18),
                new TestName("Nunit", "Parser.Tests.FixtureTests.Nunit", 23),
            ],
            TestNames.In("tests/LexerTests.cs", source));
    }

    [Fact]
    public void Python_tests_are_functions_that_start_with_test() =>
        Assert.Equal(
            [("test_a", "t/test_x.py::test_a"), ("test_b", "t/test_x.py::TestB::test_b"), ("test_c", "t/test_x.py::test_c")],
            Names("t/test_x.py", "def test_a():\n  pass\nclass TestB:\n    async def test_b(self): pass\n    def helper(self): pass\ndef test_c(): pass\ndef atest(): pass\n"));

    [Fact]
    public void Go_tests_stand_in_test_files()
    {
        Assert.Equal([("TestA", "TestA"), ("FuzzB", "FuzzB"), ("TestC", "TestC")], Names("a/a_test.go", "func TestA(t *testing.T) {\nfunc FuzzB(f *testing.F) {\nfunc (s *Suite) TestC() {\nfunc helper() {\n"));
        Assert.Empty(Names("a/a.go", "func TestA(t *testing.T) {"));
    }

    [Theory]
    [InlineData("a.test.ts")]
    [InlineData("a.spec.jsx")]
    [InlineData("a.mjs")]
    public void Script_tests_are_titles_in_their_blocks(string path) =>
        Assert.Equal(
            [("adds (one)", "cart adds (one)"), ("it's", "cart it's"), ("later", "cart later")],
            Names(path, "describe('cart', () => {\n  it(\"adds (one)\", async () => {})\n  test.only(`it's`, f)\n  it.todo('later')\n  submit('x')\n  await it(name)\n"));

    [Fact]
    public void Rust_tests_carry_their_module() =>
        Assert.Equal(
            [("reads_hex", "lexer::tests::reads_hex"), ("waits", "lexer::tests::waits")],
            Names("src/lexer.rs", "fn main() {}\nmod tests {\n  #[test]\n  #[should_panic]\n  fn reads_hex() {}\n  #[tokio::test]\n  async fn waits() {}\n  fn helper() {}\n}"));

    [Fact]
    public void Source_that_is_only_shown_has_none()
    {
        const string quotes = "\"\"\"";

        Assert.Equal([("B", "T.B")], Names("a.cs", $"class T {{\n var s = {quotes}\n[Fact] public void A() {{ }}\n{quotes};\n var x = {quotes}one{quotes};\n[Fact] public void B() {{ }}\n"));
        Assert.Equal([("test_b", "a.py::test_b")], Names("a.py", $"{quotes}Shown:\ndef test_a():\n{quotes}\ndef test_b(): pass"));
    }

    [Fact]
    public void Other_files_have_none() => Assert.Empty(Names("README.md", "def test_a():\n[Fact]\npublic void A()"));

    [Fact]
    public void A_large_or_hostile_file_is_quick()
    {
        var text = string.Concat(Enumerable.Repeat("[Fact] " + new string('<', 500) + " it('" + new string('a', 500) + "\n", 2_000)) + new string('(', 2_000_000);
        foreach (var path in new[] { "a.cs", "a.py", "a_test.go", "a.ts", "a.rs" })
            Assert.Empty(Names(path, text));
    }

    private static IEnumerable<(string, string)> Names(string path, string text) => TestNames.In(path, text).Select(t => (t.Name, t.Qualified));
}
