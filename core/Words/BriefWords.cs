using Muster.Core.Wire;

namespace Muster.Core.Words;

/// <summary>What an agent is told about its earlier tries.</summary>
public static class BriefWords
{
    public static string GateFinding(GateFinding finding) =>
        $"[{finding.Rule}] {Where(finding.File, finding.Line)}{finding.Says} {finding.Fix}";

    public static string ReviewFinding(Finding finding) =>
        $"{Where(finding.File, finding.Line)}{finding.Title} {finding.Body}".TrimEnd();

    public static string PersonAsksToGoOn() =>
        "A person looked at the pull request and asks to go on. Read the change as it stands and finish what the contract asks.";

    private static string Where(string? file, int? line) => (file, line) switch
    {
        ({ } f, { } l) => $"{f}:{l}: ",
        ({ } f, null) => $"{f}: ",
        _ => "",
    };
}
