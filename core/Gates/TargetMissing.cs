namespace Muster.Core.Gates;

/// <summary>A file that the contract names and the change leaves alone.</summary>
internal static class TargetMissing
{
    public const string Rule = "target-missing";

    public static IEnumerable<Fault> Check(GateInput input)
    {
        var touched = input.Change.Files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from file in input.Contract.Files.Select(GateInput.Plain).Distinct(StringComparer.Ordinal)
               where !touched.Contains(file)
               select new Fault(file, null, $"The contract names `{file}`, and the change does not touch it.", $"Make the change in `{file}`."),
        ];
    }
}
