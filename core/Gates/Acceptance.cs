using System.Text.RegularExpressions;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>What came of one acceptance command, for people to read.</summary>
public enum AcceptanceOutcome
{
    /// <summary>It failed on base and passes on head.</summary>
    Met,

    /// <summary>It passed on both: nothing broke, and nothing is proven new.</summary>
    NoRegression,
    NotMet,

    /// <summary>It did not run on head.</summary>
    Missing,
}

/// <summary>Whether the contract's commands pass on a clean checkout of the head.</summary>
public static class Acceptance
{
    public const string Rule = "acceptance";

    /// <summary>How a command went, from base to head.</summary>
    public static AcceptanceOutcome Outcome(Evidence evidence, string command)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return (Run(evidence, command, CheckoutSide.Base), Run(evidence, command, CheckoutSide.Head)) switch
        {
            (_, null) => AcceptanceOutcome.Missing,
            (_, { Succeeded: false }) => AcceptanceOutcome.NotMet,
            ({ Succeeded: true }, _) => AcceptanceOutcome.NoRegression,
            _ => AcceptanceOutcome.Met,
        };
    }

    internal static IEnumerable<Fault> Check(GateInput input) =>
        [.. input.Contract.Acceptance.Distinct(StringComparer.Ordinal).Select(c => Check(input.Evidence, c)).OfType<Fault>(), .. Tests(input)];

    private static Fault? Check(Evidence evidence, string command) => Run(evidence, command, CheckoutSide.Head) switch
    {
        null => new Fault(null, null, $"`{command}` was not run on the change.", "Run it on the head commit."),
        { Succeeded: true } => null,
        { ExitCode: null } => new Fault(null, null, $"`{command}` did not end within its limit.", "Make it end, and pass."),
        { ExitCode: 0 } => new Fault(null, null,
            $"`{command}` ended with exit code 0 and ran no test.", "Add the tests that it selects, under the names the contract gives."),
        { ExitCode: var code } run => new Fault(null, null, $"`{command}` failed with exit code {code}{LastLine(run.Tail)}", "Make it pass on a clean checkout."),
    };

    private static IEnumerable<Fault> Tests(GateInput input)
    {
        var runs = input.Evidence.Acceptance.Where(r => r.Side == CheckoutSide.Head && r.PassedTests.Count > 0).ToList();
        var passed = runs.SelectMany(r => r.PassedTests).ToList();
        var written = input.Code.Pairs.SelectMany(p => p.After.Tests.Select(t => new FoundTest(p, t))).ToList();
        foreach (var name in input.Contract.Tests.Distinct(StringComparer.Ordinal))
        {
            var found = written.FirstOrDefault(w => TestMoves.IsNamed(w.Test, name));
            if (runs.Count > 0 && !passed.Any(p => Names(p, name)))
                yield return new Fault(found?.Pair.Path, found?.Test.Line,
                    $"The test `{name}` is not among those that passed.", found is null ? $"Add a test named `{name}`." : $"Make `{name}` run and pass.");
            else if (runs.Count == 0 && found is null)
                yield return new Fault(null, null,
                    $"No result names the test `{name}`, and the change does not hold it.", $"Show where `{name}` is.", "unproven-test");
        }
    }

    // Runners print names with a class, a file or a block before them, and with arguments after them.
    private static bool Names(string passed, string name) =>
        Regex.IsMatch(passed, $@"(?<![\w]){Regex.Escape(name)}(?![\w])", RegexOptions.CultureInvariant);

    private static AcceptanceRun? Run(Evidence evidence, string command, CheckoutSide side) =>
        evidence.Acceptance.LastOrDefault(r => r.Command == command && r.Side == side);

    private static string LastLine(string tail) =>
        tail.Split('\n').Select(line => line.Trim()).LastOrDefault(line => line.Length > 0) is { } last
            ? $": {(last.Length > 200 ? last[..200] : last)}"
            : ".";
}
