namespace Muster.Core.Gates;

/// <summary>A submodule is a commit of another repository, which no gate and no reviewer here can read.</summary>
internal static class Submodule
{
    public const string Rule = "submodule";
    private const int Mode = 160000;

    public static IEnumerable<Fault> Check(GateInput input) =>
        from file in input.Change.Files
        where file.NewMode == Mode || file.OldMode == Mode
        select new Fault(file.Path, null,
            $"The submodule `{file.Path}` was {(file.OldMode != Mode ? "added" : file.NewMode != Mode ? "removed" : "moved to another commit")}.",
            $"Leave `{file.Path}` as it was.");
}
