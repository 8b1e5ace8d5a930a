using Muster.Core.Contracts;

namespace Muster.Core.Gates;

/// <summary>A path outside the line that the issue drew. An issue that drew none binds nobody.</summary>
internal static class OutOfScope
{
    public const string Rule = "out-of-scope";

    public static IEnumerable<Fault> Check(GateInput input)
    {
        var exclude = new Globs(input.Contract.Exclude);
        foreach (var file in input.Change.Files)
        {
            if (exclude.Matches(file.Path))
                yield return new Fault(file.Path, ChangedLines.First(file),
                    $"`{file.Path}` is excluded by the contract.", $"Leave `{file.Path}` as it was.");
            else if (input.Contract.Scope.Count > 0 && !input.Allows(file.Path))
                yield return new Fault(file.Path, ChangedLines.First(file),
                    $"`{file.Path}` is outside the scope ({string.Join(", ", input.Contract.Scope.Select(glob => $"`{glob}`"))}).",
                    $"Leave `{file.Path}` as it was.");
        }
    }
}
