using Muster.Core.Contracts;
using Muster.Core.Gates;

namespace Muster.Core.Tests.Gates;

/// <summary>Languages read by pattern: a stub, a removal that is missed, and a harmless split in each.</summary>
public sealed class OtherLanguageTests
{
    public static TheoryData<string, string, string, string> Rich => new()
    {
        { "a.py", "def read_tokens(text):\n    \"\"\"Reads.\"\"\"\n", "    return []\n", "" },
        { "a.ts", "export function readTokens(text: string): string[] {\n", "  return [];\n", "}\n" },
        { "b.ts", "export const readTokens = (text: string): string[] => {\n", "  return [];\n", "};\n" },
        { "c.js", "class Lexer {\n  async readTokens(text) {\n", "    return [];\n", "  }\n}\n" },
        { "a.go", "func readTokens(text string) []string {\n", "\treturn nil\n", "}\n" },
        { "a.rs", "pub fn read_tokens<'a>(text: &'a str) -> Vec<&'a str> {\n", "    vec![]\n", "}\n" },
        { "A.java", "class Lexer {\n    public List<String> readTokens(String text) {\n", "        return List.of();\n", "    }\n}\n" },
        { "a.sh", "read_tokens() {\n", "    true\n", "}\n" },
    };

    [Theory]
    [MemberData(nameof(Rich))]
    public void A_rich_function_that_becomes_a_stub_is_refused_at_its_line(string path, string head, string stub, string tail)
    {
        var line = head.StartsWith("class", StringComparison.Ordinal) ? 2 : 1;

        Assert.Equal([$"destruction Block {path}:{line}"], Given.Change((path, head + Body(path) + tail, head + stub + tail)).Judge().Blocking());
    }

    [Theory]
    [MemberData(nameof(Rich))]
    public void Comments_and_white_space_are_no_substance(string path, string head, string stub, string tail)
    {
        var mark = path.EndsWith(".py", StringComparison.Ordinal) || path.EndsWith(".sh", StringComparison.Ordinal) ? "#" : "//";
        var body = Body(path);
        var commented = string.Concat(body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"{mark} {l}\n"));

        Assert.Single(Given.Change((path, head + body + tail, head + commented + stub + tail)).Judge().Blocking());
        Assert.Empty(Given.Change((path, head + commented + body + tail, head + body.Replace("\n", "\n\n", StringComparison.Ordinal) + tail)).Judge().Blocking());
    }

    [Theory]
    [InlineData("lib/a.py", "def read_tokens(text):\n    return text\n", "main.py", "from lib.a import read_tokens\nprint(read_tokens(x))\n", 1)]
    [InlineData("lib/a.ts", "export function readTokens(a) {\n  return a;\n}\n", "main.ts", "// readTokens\nconst x = readTokens('');\n", 2)]
    [InlineData("lib/a.go", "func ReadTokens(a string) string {\n\treturn a\n}\n", "main.go", "x := lib.ReadTokens(y)\n", 1)]
    [InlineData("lib/a.rs", "pub fn read_tokens(a: &str) -> &str {\n    a\n}\n", "main.rs", "let x = a::read_tokens(y);\n", 1)]
    [InlineData("A.java", "class A {\n    static int readTokens(int a) {\n        return a;\n    }\n}\n", "B.java", "int x = A.readTokens(1);\n", 1)]
    [InlineData("a.sh", "read_tokens() {\n  echo 1\n}\n", "b.sh", ". a.sh\nif read_tokens; then true; fi\n", 2)]
    public void A_removed_function_that_is_still_used_is_refused_at_the_use(string path, string before, string user, string text, int line)
    {
        var removed = Given.Change((path, before, path.EndsWith(".java", StringComparison.Ordinal) ? "class A {\n}\n" : "\n"));

        Assert.Equal([$"destruction Block {user}:{line}"], removed.WithTree((user, text)).Judge().Blocking());
        Assert.Empty(removed.WithTree((user, "# nothing\n")).Judge().Blocking());
    }

    [Theory]
    [InlineData("a.py", "def read_tokens(a):\n    return a\n", "from other import read_tokens\n")]
    [InlineData("a.py", "def read_tokens(a):\n    return a\n", "read_tokens = make()\n")]
    [InlineData("a.ts", "export function readTokens(a) {\n  return a;\n}\n", "export const readTokens = wrap(function (a) { return a; });\n")]
    [InlineData("a.ts", "export function readTokens(a) {\n  return a;\n}\n", "export { readTokens } from './b';\n")]
    public void A_name_that_is_declared_in_another_way_is_not_removed(string path, string before, string after) =>
        Assert.Empty(Destruction.RemovedNames(Given.Change((path, before, after))));

    [Fact]
    public void A_name_inside_a_function_matters_in_its_own_file_only() => Assert.Empty(
        Given.Change(("a.py", "def outer():\n    class Number:\n        pass\n    return Number\n", "def outer():\n    return 1\n"))
            .WithTree(("b.py", "x = Number(1)\n")).Judge().Blocking());

    [Theory]
    [InlineData("test_a.py", "def test_old():\n    assert 1\n", "\ndef test_more():\n    assert 1\n", 4)]
    [InlineData("a.test.ts", "it('old', () => {\n  expect(1).toBe(1);\n});\n", "it('more', () => {\n  expect(2);\n});\n", 4)]
    [InlineData("a_test.go", "func TestOld(t *testing.T) {\n\tt.Fatal()\n}\n", "func TestMore(t *testing.T) {\n}\n", 4)]
    public void Tests_are_counted_in_other_languages_too(string path, string old, string more, int line)
    {
        var contract = new Contract { Scope = ["src/**"], Files = ["x"] };

        Assert.Contains($"extra-tests Block {path}:{line}", Given.Change((path, old, old + more)).Judge(contract).Short());
        Assert.Contains($"tests-weakened Block {path}:1", Given.Change((path, old, "\n")).Judge(contract).Short());
    }

    [Theory]
    [InlineData("test_a.py", "def test_old():\n    assert 1\n", "@pytest.mark.skip(reason='x')\ndef test_old():\n    assert 1\n", 2)]
    [InlineData("a.test.ts", "it('old', () => {\n  expect(1);\n});\n", "it.skip('old', () => {\n  expect(1);\n});\n", 1)]
    [InlineData("a_test.go", "func TestOld(t *testing.T) {\n\tt.Fatal()\n}\n", "func TestOld(t *testing.T) {\n\tt.Skip()\n\tt.Fatal()\n}\n", 1)]
    [InlineData("a.rs", "#[test]\nfn old() {\n    assert!(true);\n}\n", "#[test]\n#[ignore]\nfn old() {\n    assert!(true);\n}\n", 3)]
    public void A_skipped_test_is_seen_in_other_languages_too(string path, string before, string after, int line) =>
        Assert.Equal([$"tests-weakened Block {path}:{line}"], Given.Change((path, before, after)).Judge().Short());

    private static string Body(string path) => path[^2..] switch
    {
        "py" => string.Concat(Enumerable.Range(1, 12).Select(i => $"    a{i} = text.find('#{i}') + {i}\n")) + "    return [a1, a2, a12]\n",
        "go" => string.Concat(Enumerable.Range(1, 12).Select(i => $"\ta{i} := strings.Index(text, \"{{{i}\")\n")) + "\treturn []string{text[a1:a12]}\n",
        "sh" => string.Concat(Enumerable.Range(1, 12).Select(i => $"    a{i}=$(echo \"$1\" | cut -c {i})\n")) + "    echo \"$a1 $a12\"\n",
        _ => string.Concat(Enumerable.Range(1, 12).Select(i => $"    let a{i} = text.indexOf(\"{{{i}\") + {i};\n")) + "    return done(a1, a2, a12);\n",
    };
}
