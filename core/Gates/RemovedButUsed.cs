using Muster.Core.Gates.Code;
using Muster.Core.Wire;

namespace Muster.Core.Gates;

/// <summary>A name that nothing declares any more and that something still uses.</summary>
internal static class RemovedButUsed
{
    public static IEnumerable<Fault> Check(GateInput input)
    {
        var removed = input.Removed;
        var within = new Lazy<IReadOnlyDictionary<string, IReadOnlyList<Place>>>(() => ReferenceReader.Within(input.Change, removed));
        foreach (var symbol in removed.DistinctBy(r => (r.From.Path, r.Was.Title)))
        {
            var places = (input.Change.References.TryGetValue(symbol.Name, out var known) ? known : within.Value[symbol.Name])
                .Where(p => MayMean(symbol, p)).ToList();
            if (places is [var first, ..])
                yield return Fault(symbol, first, places.Count - 1);
        }
    }

    private static bool MayMean(RemovedSymbol symbol, Place place) =>
        Families.Of(place.File) == symbol.From.Family && (!symbol.Was.Local || place.File == symbol.From.Path);

    private static Fault Fault(RemovedSymbol symbol, Place first, int more) => new(
        first.File, first.Line,
        $"`{symbol.Was.Title}` was removed from `{symbol.From.Path}` (line {symbol.Was.Line} of the base) and is still used here{More(more)}.",
        $"Keep `{symbol.Was.Title}`, or change what uses it in the same change.");

    private static string More(int more) => more switch
    {
        <= 0 => "",
        1 => " and in one more place",
        _ => $" and in {more} more places",
    };
}
