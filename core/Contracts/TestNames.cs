using System.Text.RegularExpressions;

namespace Muster.Core.Contracts;

/// <summary>A test found in source text.</summary>
/// <param name="Name">As <c>tests:</c> of a contract would name it: the method, the function, or the title.</param>
/// <param name="Qualified">With namespace, class, module or file before it, as the runner's filter sees it.</param>
/// <param name="Line">From 1.</param>
public readonly record struct TestName(string Name, string Qualified, int Line);

/// <summary>
/// Finds test names line by line, without understanding the language: enough to say that a filter can match nothing,
/// and quick enough for a whole tree.
/// </summary>
public static class TestNames
{
    private const int LongestLine = 2_000;
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex CSharpSpace = new(@"^\s*namespace\s+(?<name>[\w.]+)", Linear);
    private static readonly Regex CSharpType = new(@"^(?:[^""/]*\s)?(?:class|record|struct)\s+(?<name>\w+)", Linear);
    private static readonly Regex CSharpMark = new(@"\[[^\]]*\b(?:Fact|Theory|Test|TestCase|TestCaseSource|TestMethod|DataTestMethod|SkippableFact|SkippableTheory|Property)(?:Attribute)?\b", Linear);
    private static readonly Regex CSharpMethod = new(@"\b(?:void|Task|ValueTask|Task<[^>]*>|Property|bool|Action)\s+(?<name>\w+)\s*(?:<[^>]*>\s*)?\(", Linear);
    private static readonly Regex PythonClass = new(@"^class\s+(?<name>\w+)", Linear);
    private static readonly Regex PythonTest = new(@"^(?<indent>\s*)(?:async\s+)?def\s+(?<name>test\w*)\s*\(", Linear);
    private static readonly Regex GoTest = new(@"^func\s+(?:\([^)]*\)\s*)?(?<name>(?:Test|Benchmark|Fuzz|Example)\w*)\s*\(", Linear);
    private static readonly Regex ScriptTest = new(@"(?:^|[\s;{(])(?<kind>it|test|describe|suite)(?:\.(?:only|skip|todo|concurrent|failing|sequential))*\s*\(\s*(?:""(?<a>[^""]*)""|'(?<b>[^']*)'|`(?<c>[^`]*)`)", Linear);
    private static readonly Regex RustMark = new(@"^\s*#\[(?:\w+::)*(?:test|rstest|test_case|proptest)\b", Linear);
    private static readonly Regex RustModule = new(@"^\s*(?:pub\s+)?mod\s+(?<name>\w+)\s*\{", Linear);
    private static readonly Regex RustFunction = new(@"^\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?fn\s+(?<name>\w+)", Linear);

    public static IReadOnlyList<TestName> In(string path, string text) => Extension(path) switch
    {
        "cs" => [.. CSharp(text)],
        "py" => [.. Python(path, text)],
        "go" when path.EndsWith("_test.go", StringComparison.Ordinal) => [.. Go(text)],
        "js" or "jsx" or "ts" or "tsx" or "mjs" or "cjs" or "mts" or "cts" => [.. Script(text)],
        "rs" => [.. Rust(path, text)],
        _ => [],
    };

    /// <summary>Whether <see cref="In"/> can find anything in a file of this name: nobody need read the others.</summary>
    public static bool MayBeIn(string path) => path.EndsWith("_test.go", StringComparison.Ordinal)
        || Extension(path) is "cs" or "py" or "js" or "jsx" or "ts" or "tsx" or "mjs" or "cjs" or "mts" or "cts" or "rs";

    private static IEnumerable<TestName> CSharp(string text)
    {
        var (space, type, marked, shown) = ("", "", false, false);
        foreach (var (line, number) in Lines(text))
        {
            // Source shown in a raw string, as tests of tools like to have it, is no test.
            if (line.Split("\"\"\"").Length % 2 == 0)
                shown = !shown;
            else if (shown)
                continue;
            if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                continue;
            if (CSharpSpace.Match(line) is { Success: true } named)
                space = named.Groups["name"].Value + ".";
            else if (CSharpType.Match(line) is { Success: true } typed)
                (type, marked) = (typed.Groups["name"].Value + ".", false);
            marked |= CSharpMark.IsMatch(line);
            if (!marked || CSharpMethod.Match(line) is not { Success: true } method)
                continue;
            marked = false;
            var name = method.Groups["name"].Value;
            yield return new TestName(name, space + type + name, number);
        }
    }

    private static IEnumerable<TestName> Python(string path, string text)
    {
        var (type, shown) = ("", false);
        foreach (var (line, number) in Lines(text))
        {
            if (line.Split("\"\"\"").Length % 2 == 0)
                shown = !shown;
            else if (shown)
                continue;
            if (PythonClass.Match(line) is { Success: true } typed)
                type = typed.Groups["name"].Value + "::";
            if (PythonTest.Match(line) is not { Success: true } test)
                continue;
            if (test.Groups["indent"].Length == 0)
                type = "";
            yield return new TestName(test.Groups["name"].Value, $"{path}::{type}{test.Groups["name"].Value}", number);
        }
    }

    private static IEnumerable<TestName> Go(string text) =>
        from line in Lines(text)
        let test = GoTest.Match(line.Text)
        where test.Success
        select new TestName(test.Groups["name"].Value, test.Groups["name"].Value, line.Number);

    // A title is matched together with those of the blocks around it; the last one opened is the best guess.
    private static IEnumerable<TestName> Script(string text)
    {
        var around = "";
        foreach (var (line, number) in Lines(text))
        {
            foreach (Match match in ScriptTest.Matches(line))
            {
                var title = match.Groups["a"].Value + match.Groups["b"].Value + match.Groups["c"].Value;
                if (match.Groups["kind"].Value is "describe" or "suite")
                    around = title + " ";
                else
                    yield return new TestName(title, around + title, number);
            }
        }
    }

    private static IEnumerable<TestName> Rust(string path, string text)
    {
        var file = path[..^3].Replace("src/", "", StringComparison.Ordinal).Replace("/", "::", StringComparison.Ordinal) + "::";
        var (module, marked) = ("", false);
        foreach (var (line, number) in Lines(text))
        {
            if (RustModule.Match(line) is { Success: true } inner)
                module = inner.Groups["name"].Value + "::";
            marked |= RustMark.IsMatch(line);
            if (!marked || RustFunction.Match(line) is not { Success: true } test)
                continue;
            marked = false;
            yield return new TestName(test.Groups["name"].Value, file + module + test.Groups["name"].Value, number);
        }
    }

    private static IEnumerable<(string Text, int Number)> Lines(string text)
    {
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            number++;
            // Nobody writes a test by hand in a line like that: it is generated, or bait.
            if (end - start <= LongestLine)
                yield return (text[start..end], number);
            start = end + 1;
        }
    }

    private static string Extension(string path) => path[(path.LastIndexOf('.') + 1)..];
}
