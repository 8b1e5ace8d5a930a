using Muster.Core.Gates.Code;

namespace Muster.Core.Gates;

/// <summary>
/// What others could use, is gone, and nothing visible misses it. One in eight good commits does that, so it is a
/// question to the reviewer, who gets the names.
/// </summary>
internal static class RemovedQuietly
{
    private const double Same = 0.7;

    public static IEnumerable<Fault> Check(GateInput input) =>
        from family in input.Code.Pairs.GroupBy(p => p.Family)
        from fault in Check(family.ToList())
        select fault;

    private static IEnumerable<Fault> Check(List<CodePair> pairs)
    {
        var before = pairs.SelectMany(p => p.Before.Definitions).ToList();
        var after = pairs.SelectMany(p => p.After.Definitions).ToList();
        var old = before.Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        var brought = after.Where(d => !old.Contains(d.Key)).ToList();
        var left = after.Select(d => d.Title).CountBy(title => title).ToDictionary();
        var gone = before.GroupBy(d => d.Title).Where(g => left.GetValueOrDefault(g.Key) < g.Count()).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var keys = after.Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        var substance = new Substance(brought.Select(d => d.Body));
        return
        [
            .. from pair in pairs
               from was in pair.Before.Definitions
               where was is { Local: false, Kind: not DefinitionKind.Test } && !was.Name.StartsWith('.') && gone.Contains(was.Title) && !keys.Contains(was.Key) && !gone.Contains(was.Scope)
               where !brought.Any(d => d.Name == was.Name && d.Signature == was.Signature) && substance.Holds(was.Body) < Same
               where was.Kind == DefinitionKind.Type ? !MembersLiveOn(was, before, brought) : was.Body.Count > 0
               select new Fault(pair.Path, was.Line,
                   $"`{was.Title}` is gone (line {was.Line} of the base); nothing that a gate can see still uses it.",
                   $"Say whether anything needed `{was.Title}`.", "removed"),
        ];
    }

    // A renamed type: most of its members stand elsewhere under their own names.
    private static bool MembersLiveOn(Definition type, List<Definition> before, List<Definition> brought)
    {
        var members = before.Where(d => d.Scope == type.Title).Select(d => d.Name).ToList();
        return members.Count > 0 && members.Count(name => brought.Any(d => d.Name == name)) * 2 > members.Count;
    }
}
