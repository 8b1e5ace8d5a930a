namespace Muster.Core.Contracts;

/// <summary>
/// Finds acceptance that would pass without testing anything: a filter that matches neither a test that exists nor one
/// that the contract asks for. Such a run ends with exit code 0 and proves nothing.
/// </summary>
internal static class AcceptanceLint
{
    // Tests that do different things may well be called alike.
    private const int LettersASlip = 6;

    /// <param name="existing">Qualified names of the tests in the tree; null where nobody looked.</param>
    public static IEnumerable<LintProblem> Check(Contract contract, IReadOnlySet<string>? existing) =>
        existing is null
            ? []
            : from command in contract.Acceptance
              from filter in TestFilter.In(command)
              where !existing.Any(filter.Selects) && !Asked(contract).Any(filter.Selects)
              select Problem(contract, command, filter, existing);

    // A test that is to be written will stand in one of the files, and carries its name before its own.
    private static IEnumerable<string> Asked(Contract contract) => contract.Tests.Concat(
        from file in contract.Files
        let dot = file.LastIndexOf('.')
        let stem = (dot > 0 ? file[..dot] : file).Replace('/', '.')
        from test in contract.Tests
        select $"{stem}.{test}");

    private static LintProblem Problem(Contract contract, string command, TestFilter filter, IReadOnlySet<string> existing)
    {
        var name = filter.Wanted ?? filter.Name;
        var nearest = Nearest.Of(name, existing.Select(Simple).Distinct().Order(StringComparer.Ordinal), LettersASlip);
        var tests = YamlText.Line("tests", contract.Tests.Append(name).Distinct());
        var message = $"`{Shown(command)}` would run no test: `{Shown(filter.Name)}` matches no test in the tree and no name in `tests`";
        return nearest is not null && command.Contains(filter.Name, StringComparison.Ordinal)
            ? new LintProblem(
                "acceptance",
                $"{message}; did you mean `{nearest}`? If the test is to be written, add `{tests}` instead.",
                YamlText.Line("acceptance", contract.Acceptance.Select(c => c == command ? Replace(c, filter.Name, nearest) : c)))
            : new LintProblem("acceptance", $"{message}; name the tests that are to be written.", tests);
    }

    // The last one: a filter may spell like the command before it.
    private static string Replace(string command, string name, string by) =>
        command.LastIndexOf(name, StringComparison.Ordinal) is var at ? command[..at] + by + command[(at + name.Length)..] : command;

    private static string Simple(string qualified) => qualified[(qualified.LastIndexOfAny(['.', ':']) + 1)..];

    private static string Shown(string text)
    {
        var plain = text.Replace('`', '\'').ReplaceLineEndings(" ");
        return plain.Length <= 120 ? plain : plain[..120] + "...";
    }
}
