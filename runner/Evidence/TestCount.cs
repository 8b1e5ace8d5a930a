using System.Globalization;
using System.Text.RegularExpressions;

namespace Muster.Runner.Evidence;

/// <summary>What a known test runner printed: how many tests it executed and, where it names them, which passed.</summary>
public sealed partial record TestCount(int Run, IReadOnlyList<string> Passed)
{
    private static readonly (Regex Command, Func<string, TestCount> Read)[] Known =
    [
        (DotnetCommand, ReadDotnet),
        (PytestCommand, ReadPytest),
        (GoCommand, ReadGo),
        (CargoCommand, ReadCargo),
        (VitestCommand, ReadVitest),
        (JestCommand, ReadJest),
        (NodeCommand, ReadNode),
    ];

    /// <summary>Null where the command runs no test runner that we know; then only its exit code says something.</summary>
    public static TestCount? Read(string command, string output)
    {
        var clean = VisibleText.Clean(output);
        foreach (var (pattern, read) in Known)
        {
            if (pattern.IsMatch(command))
                return read(clean);
        }

        return null;
    }

    // "Passed!  - Failed:     0, Passed:     3, Skipped:     0, Total: 3" once for each assembly; with a normal console
    // logger "  Passed Name [3 ms]" and "     Passed: 3" instead.
    private static TestCount ReadDotnet(string output) => new(
        Sum(DotnetSummary.Matches(output)) is > 0 and var sum ? sum : Sum(DotnetLines.Matches(output)),
        [.. DotnetPassed.Matches(output).Select(m => m.Groups[1].Value)]);

    // "== 3 passed, 1 failed, 2 deselected in 0.12s ==" and, with -v, "tests/a.py::test_b PASSED".
    private static TestCount ReadPytest(string output) => new(
        Sum(PytestSummary.Matches(output)),
        [.. PytestPassed.Matches(output).Select(m => m.Groups[1].Value)]);

    // Names only with -v; without it each "ok" line of a package that had tests counts as one.
    private static TestCount ReadGo(string output)
    {
        var named = GoTest.Matches(output);
        var run = named.Count > 0 ? named.Count : GoPackage.Count(output);
        return new TestCount(run, [.. named.Where(m => m.Groups[1].Value == "PASS").Select(m => m.Groups[2].Value)]);
    }

    // "test tree::grows ... ok", "test result: ok. 3 passed; 1 failed; ...".
    private static TestCount ReadCargo(string output) => new(
        Sum(CargoSummary.Matches(output)),
        [.. CargoPassed.Matches(output).Select(m => m.Groups[1].Value)]);

    // TAP "ok 1 - name" and "# pass 3", or the spec reporter's "✔ name (1.2ms)" and "ℹ pass 3".
    private static TestCount ReadNode(string output) => new(
        Sum(NodeSummary.Matches(output)),
        [.. NodePassed.Matches(output).Select(m => m.Groups[1].Value.Trim())]);

    // "Tests:       1 failed, 3 passed, 4 total"; names with --verbose.
    private static TestCount ReadJest(string output) => new(
        Sum(JestSummary.Matches(output).SelectMany(m => CountedWord.Matches(m.Value))),
        [.. TickedName.Matches(output).Select(m => m.Groups[1].Value.Trim())]);

    // "      Tests  3 passed | 1 failed (4)".
    private static TestCount ReadVitest(string output) => new(
        Sum(VitestSummary.Matches(output).SelectMany(m => CountedWord.Matches(m.Value))),
        [.. TickedName.Matches(output).Select(m => m.Groups[1].Value.Split(" > ")[^1].Trim())]);

    // Every captured number of every match.
    private static int Sum(IEnumerable<Match> matches) => matches
        .SelectMany(m => m.Groups.Cast<Group>().Skip(1).SelectMany(g => g.Captures.Select(c => c.Value)))
        .Sum(n => int.Parse(n, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\bdotnet\b.*\s(?:test|vstest)\b")]
    private static partial Regex DotnetCommand { get; }

    [GeneratedRegex(@"Failed:\s*(\d+), Passed:\s*(\d+), Skipped:\s*\d+")]
    private static partial Regex DotnetSummary { get; }

    [GeneratedRegex(@"^\s*(?:Passed|Failed)\s*:\s*(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex DotnetLines { get; }

    [GeneratedRegex(@"^\s*Passed (\S.*?) \[[^\]\n]*\]\s*$", RegexOptions.Multiline)]
    private static partial Regex DotnetPassed { get; }

    [GeneratedRegex(@"\b(?:pytest|py\.test)\b")]
    private static partial Regex PytestCommand { get; }

    [GeneratedRegex(@"^(?=.*\bin [\d.]+s)(?:.*?\b(\d+) (?:passed|failed|xfailed|xpassed)\b)+.*$", RegexOptions.Multiline)]
    private static partial Regex PytestSummary { get; }

    [GeneratedRegex(@"^(?:\S+::)+(\S+?)(?:\[.*\])? PASSED", RegexOptions.Multiline)]
    private static partial Regex PytestPassed { get; }

    [GeneratedRegex(@"\bgo\b.*\stest\b")]
    private static partial Regex GoCommand { get; }

    [GeneratedRegex(@"^\s*--- (PASS|FAIL): (\S+)", RegexOptions.Multiline)]
    private static partial Regex GoTest { get; }

    [GeneratedRegex(@"^(?:ok|FAIL)\s+\S+\s+(?:\(cached\)|[\d.]+s)(?!.*\[no tests to run\])", RegexOptions.Multiline)]
    private static partial Regex GoPackage { get; }

    [GeneratedRegex(@"\bcargo\b.*\s(?:test|nextest)\b")]
    private static partial Regex CargoCommand { get; }

    [GeneratedRegex(@"^test result: \S+ (\d+) passed; (\d+) failed;", RegexOptions.Multiline)]
    private static partial Regex CargoSummary { get; }

    [GeneratedRegex(@"^test (\S+)(?: - .*)? \.\.\. ok\s*$", RegexOptions.Multiline)]
    private static partial Regex CargoPassed { get; }

    [GeneratedRegex(@"\bnode\b.*\s--test\b")]
    private static partial Regex NodeCommand { get; }

    [GeneratedRegex(@"^(?:#|ℹ) (?:pass|fail) (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex NodeSummary { get; }

    [GeneratedRegex(@"^\s*(?:ok \d+ - |✔ )(.+?)(?: \([\d.]+ms\))?(?: # .*)?\s*$", RegexOptions.Multiline)]
    private static partial Regex NodePassed { get; }

    [GeneratedRegex(@"\bjest\b")]
    private static partial Regex JestCommand { get; }

    [GeneratedRegex(@"^Tests:\s+.*$", RegexOptions.Multiline)]
    private static partial Regex JestSummary { get; }

    [GeneratedRegex(@"\bvitest\b")]
    private static partial Regex VitestCommand { get; }

    [GeneratedRegex(@"^\s*Tests\s{2,}.*$", RegexOptions.Multiline)]
    private static partial Regex VitestSummary { get; }

    [GeneratedRegex(@"(\d+) (?:passed|failed)")]
    private static partial Regex CountedWord { get; }

    [GeneratedRegex(@"^\s*[✓√✔] (.+?)(?: \(?[\d.]+ ?m?s\)?)?\s*$", RegexOptions.Multiline)]
    private static partial Regex TickedName { get; }
}
