namespace Muster.Core.Gates.Code;

/// <summary>A name that the change takes away: nothing in its changed files declares it any more.</summary>
internal sealed record RemovedSymbol(CodePair From, Definition Was)
{
    public string Name => Was.Name;

    /// <summary>What the whole change removes. A test that goes is another gate's matter.</summary>
    public static IReadOnlyList<RemovedSymbol> In(ChangedCode code)
    {
        var declared = code.Pairs.GroupBy(p => p.Family)
            .ToDictionary(g => g.Key, g => g.SelectMany(p => p.After.Declared).ToHashSet(StringComparer.Ordinal));
        return
        [
            .. from pair in code.Pairs
               from was in pair.Before.Definitions
               where was.Kind != DefinitionKind.Test && !was.Replaces && IsName(was.Name) && !declared[pair.Family].Contains(was.Name)
               select new RemovedSymbol(pair, was),
        ];
    }

    // Constructors and operators have no name that could be looked up.
    private static bool IsName(string name) => name.Length > 0 && (char.IsLetter(name[0]) || name[0] is '_' or '$') && !name.Contains(' ', StringComparison.Ordinal);
}
