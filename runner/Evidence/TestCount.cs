using System.Globalization;
using System.Text.RegularExpressions;

namespace Muster.Runner.Evidence;

/// <summary>What a known test runner printed: how many tests it executed and, where it names them, which passed.</summary>
public sealed record TestCount(int Run, IReadOnlyList<string> Passed)
{
    private static readonly Regex DotnetCommand = Text(@"\bdotnet\b.*\s(?:test|vstest)\b");
    private static readonly Regex DotnetSummary = Text(@"Failed:\s*([0-9]{1,9}), Passed:\s*([0-9]{1,9}), Skipped:\s*\d+");
    private static readonly Regex DotnetLines = Lines(@"^\s*(?:Passed|Failed)\s*:\s*([0-9]{1,9})\s*$");
    private static readonly Regex DotnetPassed = Lines(@"^\s*Passed (\S.*?) \[[^\]\n]*\]\s*$");
    private static readonly Regex PytestCommand = Text(@"\b(?:pytest|py\.test)\b");
    private static readonly Regex PytestSummary = Lines(@"^.*\bin [\d.]+s.*$");
    private static readonly Regex PytestPassed = Lines(@"^(?:\S+::)+(\S+?)(?:\[.*\])? PASSED");
    private static readonly Regex GoCommand = Text(@"\bgo\b.*\stest\b");
    private static readonly Regex GoTest = Lines(@"^\s*--- (PASS|FAIL): (\S+)");
    private static readonly Regex GoPackage = Lines(@"^(?:ok|FAIL)\s+\S+\s+(?:\(cached\)|[\d.]+s).*$");
    private static readonly Regex CargoCommand = Text(@"\bcargo\b.*\s(?:test|nextest)\b");
    private static readonly Regex CargoSummary = Lines(@"^test result: \S+ ([0-9]{1,9}) passed; ([0-9]{1,9}) failed;");
    private static readonly Regex CargoPassed = Lines(@"^test (\S+)(?: - .*)? \.\.\. ok\s*$");
    private static readonly Regex NodeCommand = Text(@"\bnode\b.*\s--test\b");
    private static readonly Regex NodeSummary = Lines(@"^(?:#|ℹ) (?:pass|fail) ([0-9]{1,9})\s*$");
    private static readonly Regex NodePassed = Lines(@"^\s*(?:ok \d+ - |✔ )(.+?)(?: \([\d.]+ms\))?(?: # .*)?\s*$");
    private static readonly Regex JestCommand = Text(@"\bjest\b");
    private static readonly Regex JestSummary = Lines(@"^Tests:\s+.*$");
    private static readonly Regex VitestCommand = Text(@"\bvitest\b");
    private static readonly Regex VitestSummary = Lines(@"^\s*Tests\s{2,}.*$");
    private static readonly Regex CountedWord = Text(@"\b([0-9]{1,9}) (?:passed|failed|xfailed|xpassed)\b");
    private static readonly Regex TickedName = Lines(@"^\s*[✓√✔] (.+?)(?: \(?[\d.]+ ?m?s\)?)?\s*$");

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
        Sum(PytestSummary.Matches(output).SelectMany(m => CountedWord.Matches(m.Value))),
        [.. PytestPassed.Matches(output).Select(m => m.Groups[1].Value)]);

    // Names only with -v; without it each "ok" line of a package that had tests counts as one.
    private static TestCount ReadGo(string output)
    {
        var named = GoTest.Matches(output);
        var run = named.Count > 0 ? named.Count : GoPackage.Matches(output).Count(m => !m.Value.Contains("[no tests to run]", StringComparison.Ordinal));
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

    // Every captured number of every match; output that boasts is not worth an exception.
    private static int Sum(IEnumerable<Match> matches) => (int)Math.Min(int.MaxValue, matches
        .SelectMany(m => m.Groups.Cast<Group>().Skip(1).Where(g => g.Success))
        .Sum(g => long.Parse(g.Value, CultureInfo.InvariantCulture)));

    // What tests print is written by strangers: no pattern may take longer than the text is long.
    private static Regex Text(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static Regex Lines(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline);
}
