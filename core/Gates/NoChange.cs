namespace Muster.Core.Gates;

/// <summary>An agent that exits well and changed nothing has done nothing, whatever it reports.</summary>
internal static class NoChange
{
    public const string Rule = "no-change";

    public static IEnumerable<Fault> Check(GateInput input)
    {
        if (!input.Change.Moved)
            yield return new Fault(null, null, "The work left the tree exactly as it found it.", "Change what the issue asks to change.");
        else if (input.Change.Files.Count == 0)
            yield return new Fault(null, null, "After the work nothing differs from the base any more.", "Keep a change that the issue asks for.");
    }
}
