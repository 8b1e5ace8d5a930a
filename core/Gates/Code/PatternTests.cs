using System.Text.RegularExpressions;
using Muster.Core.Contracts;

namespace Muster.Core.Gates.Code;

/// <summary>Tests in languages read by pattern. What lies between one test and the next is taken as its body.</summary>
internal static partial class PatternTests
{
    public static IReadOnlyList<TestCase> Read(Family family, string path, string text, string clean)
    {
        var names = TestNames.In(path, text);
        if (names.Count == 0)
            return [];
        var lines = clean.Split('\n');
        var marked = SkipMark(family) is { } skip ? lines.Select(line => skip.IsMatch(line)).ToList() : [];
        return [.. names.Select((name, i) => Case(name, i + 1 < names.Count ? names[i + 1].Line : lines.Length + 1, lines, marked))];
    }

    private static TestCase Case(TestName name, int next, string[] lines, List<bool> marked)
    {
        var body = string.Join('\n', lines.Skip(name.Line - 1).Take(Math.Max(1, next - name.Line)));
        return new TestCase(
            name.Name, name.Qualified, name.Line, IsSkipped(name.Line, next, lines, marked), Assertion.Count(body),
            [.. Patterns.Token.Matches(body).Select(t => t.Value)]);
    }

    // On its own line, in its body, or in the attributes that stand right above it.
    private static bool IsSkipped(int line, int next, string[] lines, List<bool> marked)
    {
        for (var above = line - 1; above >= 1 && lines[above - 1].TrimStart() is ['@' or '#', ..]; above--)
        {
            if (Marked(above))
                return true;
        }

        for (var at = line; at < next && at <= lines.Length; at++)
        {
            if (Marked(at) && (at == line || lines[at - 1].TrimStart() is not ['@' or '#', ..]))
                return true;
        }

        return false;

        bool Marked(int at) => at <= marked.Count && marked[at - 1];
    }

    private static Regex? SkipMark(Family family) => family switch
    {
        Family.Script => ScriptSkip,
        Family.Python => PythonSkip,
        Family.Go => GoSkip,
        Family.Rust => RustSkip,
        _ => null,
    };

    [GeneratedRegex(@"\b(?:assert\w*|expect|require|should|ensure|t\.(?:Error|Errorf|Fatal|Fatalf|Fail|FailNow|equal|deepEqual|is|true|false|throws)|fail|raises|pytest\.fail|debug_assert\w*|panic)\s*[!(.]|\bassert\b", RegexOptions.CultureInvariant)]
    private static partial Regex Assertion { get; }

    [GeneratedRegex(@"\b(?:it|test|describe|suite)\.(?:skip|todo)\b|\bx(?:it|describe|test)\s*\(|\.skip\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex ScriptSkip { get; }

    [GeneratedRegex(@"@(?:pytest\.mark|unittest)\.(?:skip|skipif|xfail|skipIf|skipUnless|expectedFailure)\b|\b(?:pytest\.skip|pytest\.xfail|self\.skipTest)\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex PythonSkip { get; }

    [GeneratedRegex(@"\bt\.Skip(?:Now|f)?\s*\(", RegexOptions.CultureInvariant)]
    private static partial Regex GoSkip { get; }

    [GeneratedRegex(@"#\[\s*ignore\b", RegexOptions.CultureInvariant)]
    private static partial Regex RustSkip { get; }
}
