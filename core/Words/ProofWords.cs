using Muster.Core.Wire;

namespace Muster.Core.Words;

/// <summary>What the acceptance runs showed, one sentence a command.</summary>
public static class ProofWords
{
    public static IReadOnlyList<string> Of(Evidence evidence) =>
        [.. evidence.Acceptance.Where(r => r.Side == CheckoutSide.Head).Select(head => Sentence(head, Base(evidence, head.Command)))];

    private static AcceptanceRun? Base(Evidence evidence, string command) =>
        evidence.Acceptance.LastOrDefault(r => r.Side == CheckoutSide.Base && r.Command == command);

    private static string Sentence(AcceptanceRun head, AcceptanceRun? before)
    {
        var shown = (before?.Succeeded, head.Succeeded) switch
        {
            (false, true) => "failed on base, passes on head",
            (true, true) => "passes on base and on head: no regression, nothing new shown",
            (null, true) => "passes on head; base was not run",
            _ => "does not pass on head",
        };
        var known = head.TestsRun is { } tests ? $"{tests} tests ran" : "only the exit code is known";
        return $"{SafeText.Code(head.Command)}: {shown} ({known}).";
    }
}
